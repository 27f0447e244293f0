package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.text.InputText;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Locks and unlocks accounts, with audit records and emails. Checks no permission: part of use cases that do. */
@Dependent
class AccountLocking {
    private static final int REASON_MIN = 5;

    /** The reseller cannot unlock what operators have locked; operators may take over a lock of the reseller. */
    private static final String LOCK = """
            update person
               set state = 'LOCKED', disabled_in = null, locked_reason = ?, locked_at = ?, locked_by = ?,
                   is_locked_by_platform = ?
             where id = ?
               and (state <> 'LOCKED' or ? and not is_locked_by_platform)
            """;

    private static final String UNLOCK = """
            update person
               set state = 'ACTIVE', locked_reason = null, locked_at = null, locked_by = null,
                   is_locked_by_platform = false, sessions_valid_from = clock_timestamp()
             where id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AuditTrail audit;

    @Inject
    Accounts accounts;

    @Inject
    OneTimeTokens links;

    @Inject
    Event<SecurityMailRequested> securityMails;

    /** Whether the reason has an acceptable length. */
    static boolean isReason(String text) {
        var plain = text.strip();
        return plain.length() >= REASON_MIN && plain.length() <= AccountLocks.REASON_MAX && InputText.isLine(plain);
    }

    /** Locks the account. */
    void lock(UUID personId, String reason, boolean isByPlatform) {
        accounts.lock(personId);
        var now = clock.instant();
        int locked = sql.update(LOCK, reason, now, Actors.require().name(), isByPlatform, personId, isByPlatform);
        if (locked > 0) {
            accounts.putOut(personId);
            audit.record("person.locked", "person", personId.toString(), Map.of("reason", reason));
            requestMail(personId, true);
        }
    }

    /** Unlocks the account and mails a link to its person. */
    TeamChange unlock(UUID personId, boolean isByPlatform) {
        accounts.lock(personId);
        var lock = sql.one(
                "select state = 'LOCKED' as is_locked, is_locked_by_platform from person where id = ?",
                row -> Map.entry(row.flag("is_locked"), row.flag("is_locked_by_platform")),
                personId);
        if (!lock.getKey()) {
            return TeamChange.DONE;
        }
        if (lock.getValue() && !isByPlatform) {
            return TeamChange.LOCKED_BY_PLATFORM;
        }
        // The password first: this waits for a sign-in that is still checking it, so that its session is older than the
        // next statement.
        sql.update(
                "update credential set void_since = clock_timestamp() where person_id = ? and void_since is null",
                personId);
        sql.update(UNLOCK, personId);
        audit.record("person.unlocked", "person", personId);
        requestMail(personId, false);
        links.issue(
                personId, accounts.hasPassword(personId) ? PasswordLinks.Purpose.RESET : PasswordLinks.Purpose.INVITE);
        return TeamChange.DONE;
    }

    /** Notifies the person, and all others who manage a team to which the person belongs. */
    private void requestMail(UUID personId, boolean isLocked) {
        securityMails.fire(new SecurityMailRequested.LockChanged(personId, isLocked));
        var now = clock.instant();
        var kind = isLocked ? Notification.Kind.MEMBER_LOCKED : Notification.Kind.MEMBER_UNLOCKED;
        var name = sql.one("select name from person where id = ?", row -> row.text("name"), personId);
        var key = kind + ":" + personId + ":" + now;
        sql.query(
                        "select organization_id from membership where person_id = ?",
                        row -> row.uuid("organization_id"),
                        personId)
                .forEach(place -> Notifications.notifyMembers(
                        sql,
                        place,
                        Permission.MEMBERS_MANAGE,
                        new Notification(kind, name, "", "members?person=" + personId, key),
                        now));
        if (role(personId).isPresent()) {
            var path = (isPlatform() ? "operators" : "team") + "?person=" + personId;
            Notifications.notifyStaff(sql, Owners.managingStaff(), new Notification(kind, name, "", path, key), now);
        }
    }

    /** Returns the staff role of the person, if there is one. */
    Optional<String> role(UUID personId) {
        return sql.first("select role from staff_member where person_id = ?", row -> row.text("role"), personId);
    }

    static boolean isPlatform() {
        return Tenancy.scope().equals(Scope.PLATFORM);
    }
}
