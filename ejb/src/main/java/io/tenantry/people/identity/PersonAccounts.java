package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** People's own settings, and account operations by managers of people. */
@Stateless
public class PersonAccounts {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    OneTimeTokens links;

    @Inject
    Owners owners;

    @Inject
    Accounts accounts;

    @Inject
    Invitations invitations;

    /** Changes the language of the current person. */
    public void setLocale(Locale locale) {
        sql.update("update person set locale = ? where id = ?", locale.toLanguageTag(), myself());
        audit.record("person.locale_chosen", "person", myself().toString(), Map.of("locale", locale.toLanguageTag()));
    }

    /** Changes the time zone of the current person. */
    public void setZone(ZoneId zone) {
        sql.update("update person set zone = ? where id = ?", zone.getId(), myself());
        audit.record("person.zone_chosen", "person", myself().toString(), Map.of("zone", zone.getId()));
    }

    /** Whether the text is acceptable as a name. Emails must not greet a person with a web address that another person entered. */
    static boolean isName(String text) {
        return Organizations.isName(text)
                && text.indexOf('/') < 0
                && !text.toLowerCase(Locale.ROOT).contains("www.");
    }

    /**
     * Renames the current person.
     *
     * @return false if the name is invalid; nothing changed then
     */
    public boolean rename(String name) {
        var plain = name.strip();
        if (!isName(plain)) {
            return false;
        }
        sql.update("update person set name = ? where id = ?", plain, myself());
        audit.record("person.renamed", "person", myself().toString(), Map.of("name", plain));
        return true;
    }

    /** Whether a mail is written for links: on a platform without a mail server not for those of operators. */
    public boolean isLinkMailed() {
        return links.isMailed();
    }

    /** Mails a new one-time link to a person who lost the password or the invitation; earlier links stop working. */
    public LinkSent sendLink(UUID personId) {
        requireCare(personId);
        var purpose = accounts.hasPassword(personId) ? PasswordLinks.Purpose.RESET : PasswordLinks.Purpose.INVITE;
        if (purpose == PasswordLinks.Purpose.RESET && !links.isMailed()) {
            throw new AccessDeniedException("password"); // No other actor may see this link.
        }
        if (purpose == PasswordLinks.Purpose.INVITE) {
            confirmInvitation(personId);
        }
        var sent = links.send(personId, purpose);
        audit.record("person.link_issued", "person", personId.toString(), Map.of("purpose", purpose));
        return sent;
    }

    /** The invitation of a member of staff is attributed to the last sender. */
    private void confirmInvitation(UUID personId) {
        invitations.lockMaker();
        sql.update(
                "update staff_member set invited_by = cast(? as uuid), invited_with = cast(? as uuid) where person_id = ?",
                Actors.require().personId(),
                CurrentApiKey.idInUse(),
                personId);
    }

    /** Disables the account of a person: signed out everywhere at once, links and API keys revoked permanently. */
    public TeamChange disable(UUID personId) {
        requireCare(personId);
        if (personId.equals(Actors.require().personId())) {
            return TeamChange.OWN_ACCOUNT;
        }
        if (owners.isLastAnywhere(personId)) {
            return TeamChange.LAST_OWNER;
        }
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        accounts.disable(personId, null);
        audit.record("person.disabled", "person", personId);
        return TeamChange.DONE;
    }

    /** Lets a person sign in again, with a new session. */
    public TeamChange enable(UUID personId) {
        requireCare(personId);
        if (accounts.isLocked(personId)) {
            return TeamChange.LOCKED;
        }
        accounts.enable(personId);
        audit.record("person.enabled", "person", personId);
        return TeamChange.DONE;
    }

    /** Signs a person out on all devices; their consoles close. */
    public void endSessions(UUID personId) {
        requireCare(personId);
        accounts.endSessions(personId);
        audit.record("person.sessions_ended", "person", personId);
    }

    private static UUID myself() {
        SelfOnly.require("own account");
        var personId = Actors.require().personId();
        if (personId == null) {
            throw new IllegalStateException("the system has no account to change");
        }
        return personId;
    }

    /** The right to manage customers does not give access to a colleague's account. */
    private void requireCare(UUID personId) {
        boolean isStaff = sql.first("""
                        select exists (select from staff_member s where s.person_id = p.id) as is_staff
                          from person p
                         where p.id = ?
                        """, row -> row.flag("is_staff"), personId)
                .orElseThrow(() -> new NotFoundException("person", personId));
        if (Tenancy.scope().equals(Scope.PLATFORM)) {
            access.require(Permission.PLATFORM_OPERATORS_MANAGE);
        } else {
            access.require(isStaff ? Permission.STAFF_MEMBERS_MANAGE : Permission.STAFF_CUSTOMERS_MANAGE);
        }
    }
}
