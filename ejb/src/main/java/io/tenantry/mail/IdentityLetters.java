package io.tenantry.mail;

import io.tenantry.config.Settings;
import io.tenantry.identity.Links;
import io.tenantry.identity.PersonTold;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Writes the letters about the accounts of people, operators among them, in the transaction of what they tell of. */
@ApplicationScoped
public class IdentityLetters {
    @Inject
    Sql sql;

    @Inject
    Outbox outbox;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    private record Recipient(String email, String name, Locale locale) {}

    void linkIssued(@Observes PersonTold.OfLink told) {
        var letter = told.purpose() == Links.Purpose.INVITE ? Letter.INVITATION : Letter.PASSWORD_RESET;
        write(letter, told.personId(), told.url(), letter + ":" + told.linkId());
    }

    void passwordChanged(@Observes PersonTold.OfPassword told) {
        write(Letter.PASSWORD_CHANGED, told.personId(), "", Letter.PASSWORD_CHANGED + ":" + UUID.randomUUID());
    }

    void accountLocked(@Observes PersonTold.OfLock told) {
        var letter = told.isLocked() ? Letter.ACCOUNT_LOCKED : Letter.ACCOUNT_UNLOCKED;
        write(letter, told.personId(), "", letter + ":" + UUID.randomUUID());
    }

    void invited(@Observes PersonTold.OfInvitation told) {
        var person = person(told.personId());
        outbox.write(
                Letter.MEMBERSHIP_INVITATION,
                person.locale(),
                person.email(),
                Map.of(
                        "name",
                        person.name(),
                        "about",
                        told.organization(),
                        "link",
                        settings.origin(tenants.current().primaryHost()) + "/portal/invitations"),
                Letter.MEMBERSHIP_INVITATION + ":" + UUID.randomUUID());
    }

    private void write(Letter letter, UUID personId, String link, String key) {
        var person = person(personId);
        outbox.write(
                letter,
                person.locale(),
                person.email(),
                link.isEmpty() ? Map.of("name", person.name()) : Map.of("name", person.name(), "link", link),
                key);
    }

    private Recipient person(UUID personId) {
        return sql.one(
                "select email, name, locale from person where id = ?",
                row -> new Recipient(
                        row.text("email"),
                        row.text("name"),
                        row.maybeText("locale").map(Locale::forLanguageTag).orElseGet(this::usualLocale)),
                personId);
    }

    /** That of the tenant; the platform has none of its own. */
    private Locale usualLocale() {
        return Tenancy.scope().equals(Scope.PLATFORM)
                ? Locale.ENGLISH
                : tenants.current().locale();
    }
}
