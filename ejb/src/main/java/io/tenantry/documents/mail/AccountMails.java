package io.tenantry.documents.mail;

import io.tenantry.config.Settings;
import io.tenantry.people.identity.PasswordLinks;
import io.tenantry.people.identity.SecurityMailRequested;
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

/** Writes emails about the accounts of people, including operators, in the transaction of the event. */
@ApplicationScoped
public class AccountMails {
    @Inject
    Sql sql;

    @Inject
    Outbox outbox;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    private record Recipient(String email, String name, Locale locale) {}

    void linkIssued(@Observes SecurityMailRequested.LinkCreated event) {
        var mailTemplate =
                event.purpose() == PasswordLinks.Purpose.INVITE ? MailTemplate.INVITATION : MailTemplate.PASSWORD_RESET;
        write(mailTemplate, event.personId(), event.url(), mailTemplate + ":" + event.linkId());
    }

    void passwordChanged(@Observes SecurityMailRequested.PasswordChanged event) {
        write(
                MailTemplate.PASSWORD_CHANGED,
                event.personId(),
                "",
                MailTemplate.PASSWORD_CHANGED + ":" + UUID.randomUUID());
    }

    void accountLocked(@Observes SecurityMailRequested.LockChanged event) {
        var mailTemplate = event.isLocked() ? MailTemplate.ACCOUNT_LOCKED : MailTemplate.ACCOUNT_UNLOCKED;
        write(mailTemplate, event.personId(), "", mailTemplate + ":" + UUID.randomUUID());
    }

    void invited(@Observes SecurityMailRequested.InvitationReceived event) {
        var person = person(event.personId());
        outbox.write(
                MailTemplate.MEMBERSHIP_INVITATION,
                person.locale(),
                person.email(),
                Map.of(
                        "name",
                        person.name(),
                        "about",
                        event.organization(),
                        "link",
                        settings.origin(tenants.current().primaryHost()) + "/portal/invitations"),
                MailTemplate.MEMBERSHIP_INVITATION + ":" + UUID.randomUUID());
    }

    private void write(MailTemplate mailTemplate, UUID personId, String link, String key) {
        var person = person(personId);
        outbox.write(
                mailTemplate,
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
                        row.maybeText("locale").map(Locale::forLanguageTag).orElseGet(this::defaultLocale)),
                personId);
    }

    /** Returns the tenant's locale; the platform has none. */
    private Locale defaultLocale() {
        return Tenancy.scope().equals(Scope.PLATFORM)
                ? Locale.ENGLISH
                : tenants.current().locale();
    }
}
