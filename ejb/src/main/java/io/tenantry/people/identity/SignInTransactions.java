package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The database transactions of a sign-in: an attempt is counted before the password is checked, so that a thousand concurrent guesses get no
 * further than a thousand in sequence, and the count is reverted when the password was right. Its times are the database's, the same for all
 * nodes, whatever the business clock shows.
 */
@Stateless
public class SignInTransactions {
    private static final String CANDIDATE = """
            select p.state, c.password_hash, ${standing}
              from person p
              left join credential c on c.person_id = p.id and c.void_since is null
              left join staff_member s on s.person_id = p.id
             where p.email = any (?)
             order by array_position(?, p.email)
             limit 1
            """.replace("${standing}", RoleAssignmentReader.COLUMNS);

    /** Whether the person has signed in from here lately: then strangers elsewhere do not count against them. */
    private static final String IS_FAMILIAR = """
            select exists (
                select from web_session w
                  join person p on p.id = w.person_id
                 where p.email = any (?)
                   and w.address = ?
                   and w.created_at > now() - interval '30 days') as is_familiar
            """;

    /**
     * Only if the password is still the one that was checked: a reset in between wins. An uncommitted reset is waited for, and conversely a
     * reset waits for this, so that it finds the session and ends it.
     */
    private static final String OPEN = """
            insert into web_session (id, person_id, created_at, last_seen_at, address, user_agent)
            select ?, c.person_id, clock_timestamp(), clock_timestamp(), ?, ?
              from credential c
             where c.person_id = ?
               and c.password_hash = ?
               and c.void_since is null
               for share
            returning id
            """;

    /** Whether the person has signed in before, and with the same browser. */
    private static final String DEVICES = """
            select count(*) > 0 any_other, coalesce(bool_or(user_agent = ?), false) same
              from web_session
             where person_id = ?
               and id <> ?
            """;

    /** Deletes sessions that ended long ago; the audit trail keeps what was done in them. */
    private static final String FORGET_SESSIONS = """
            delete from web_session
             where person_id = ?
               and coalesce(ended_at, last_seen_at) < now() - interval '90 days'
            """;

    /** Locks the person before the links and the password, like every transaction that changes one of these. */
    private static final String LOCK_ACTIVE =
            "select id from person where id = ? and state = 'ACTIVE' for no key update";

    private static final int USER_AGENT_MAX = 300;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Event<SecurityMailRequested> securityMails;

    @Inject
    AuditTrail audit;

    @Inject
    Accounts accounts;

    /**
     * An attempt that was admitted to the password check.
     *
     * @param account the counter of the account, to be reverted on success
     * @param address the counter of the address
     * @param candidate the person of that name, if there is one
     * @param isFamiliar whether the person has signed in from this address lately
     */
    record Attempt(String account, String address, Optional<Candidate> candidate, boolean isFamiliar) {}

    /** A person as known before the password was checked. */
    record Candidate(
            UUID personId, String state, Optional<String> passwordHash, Optional<AuthenticatedPerson> authenticated) {
        boolean isActive() {
            return state.equals("ACTIVE");
        }
    }

    /** The decision on an attempt before the password is checked. */
    sealed interface Admission {
        /** The password may be checked. */
        record Admitted(Attempt attempt) implements Admission {}

        /** The password may not be checked for this long. */
        record Paused(Duration retryAfter) implements Admission {}
    }

    /**
     * Counts an attempt as a failure for now and finds its person.
     *
     * @param typed the address; all spellings count towards one account
     */
    public Admission admit(String typed, String address) {
        var email = EmailAddress.known(typed).orElse(typed);
        var spellings = EmailAddress.spellings(typed).toArray(String[]::new);
        var network = NetworkAddress.network(address);
        var addressSubject = FailureCounter.subject("address", network);
        // The address always first: concurrent attempts lock rows in the same order.
        var addressPause = FailureCounter.count(sql, addressSubject, SignInThrottle.ADDRESS);
        if (addressPause.isPresent()) {
            return new Admission.Paused(addressPause.get());
        }
        boolean isFamiliar = sql.one(IS_FAMILIAR, row -> row.flag("is_familiar"), spellings, address);
        var accountSubject = FailureCounter.subject("account", isFamiliar ? email + " " + network : email);
        var accountPause = FailureCounter.count(sql, accountSubject, SignInThrottle.ACCOUNT);
        if (accountPause.isPresent()) {
            return new Admission.Paused(accountPause.get());
        }
        var candidate = sql.first(CANDIDATE, SignInTransactions::candidate, spellings, spellings);
        return new Admission.Admitted(new Attempt(accountSubject, addressSubject, candidate, isFamiliar));
    }

    /** Handles a right password: reverts the count and opens a session. Empty if the password changed meanwhile. */
    public Optional<UUID> welcome(
            Attempt attempt, AuthenticatedPerson person, String checkedHash, String address, String userAgent) {
        var agent = InputText.foreignLine(userAgent);
        var session = sql.first(
                OPEN,
                row -> row.uuid("id"),
                Ids.next(clock),
                address,
                InputText.cut(agent, USER_AGENT_MAX),
                person.personId(),
                checkedHash);
        if (session.isPresent()) {
            takeBack(attempt);
            FailureCounter.forgetOld(sql);
            sql.update(FORGET_SESSIONS, person.personId());
            notifyOfNewDevice(person, session.get(), address, agent);
            record(person);
        }
        return session;
    }

    /** This thread has no actor yet: the person who was just authenticated is recorded as the actor. */
    private void record(AuthenticatedPerson person) {
        try (var actorScope = Actors.enter(person.actor())) {
            audit.record("person.signed_in", "person", person.personId().toString(), Map.of("kind", person.kind()));
        }
    }

    /** Notifies the person of a sign-in with a new browser, unless it is the first of all. */
    private void notifyOfNewDevice(AuthenticatedPerson person, UUID sessionId, String address, String agent) {
        var before = sql.one(
                DEVICES, row -> row.flag("any_other") && !row.flag("same"), agent, person.personId(), sessionId);
        if (before) {
            var notification =
                    new Notification(Notification.Kind.NEW_SIGN_IN, agent, address, "me", "session:" + sessionId);
            Notifications.notifyPerson(sql, person.personId(), notification, clock.instant());
        }
    }

    /** Returns the notification of a changed password; sent each time. */
    static Notification passwordChanged(Instant at) {
        return new Notification(Notification.Kind.PASSWORD_CHANGED, "", "", "me", "password:" + at);
    }

    private void takeBack(Attempt attempt) {
        FailureCounter.takeBack(sql, attempt.address());
        sql.update("delete from sign_in_failure where subject = ?", attempt.account());
    }

    /** Handles an attempt that was not checked: reverts the counts, in the order in which they were made. */
    public void putOff(Attempt attempt) {
        FailureCounter.takeBack(sql, attempt.address());
        FailureCounter.takeBack(sql, attempt.account());
    }

    /** Records the true reason of a refusal, which is not disclosed outside. */
    public void refused(Optional<Candidate> candidate, String reason) {
        var subject = candidate.map(Candidate::personId).map(UUID::toString).orElse("unknown");
        audit.record("person.sign_in_refused", "person", subject, Map.of("reason", reason));
    }

    /** Replaces a hash of older parameters by a current one, unless the password changed meanwhile. */
    public void renew(UUID personId, String outdated, String renewed) {
        sql.update(
                "update credential set password_hash = ? where person_id = ? and password_hash = ?",
                renewed,
                personId,
                outdated);
    }

    /**
     * Replaces the password of a person who has just entered the current one, unless it was changed meanwhile or the account was disabled:
     * other sessions end, and so do links and pending invitations; the session in which it happens continues.
     *
     * @return whether it was replaced
     */
    public boolean replace(Attempt attempt, UUID personId, String before, String hash, UUID kept) {
        if (sql.first(LOCK_ACTIVE, row -> row.uuid("id"), personId).isEmpty()) {
            return false;
        }
        int replaced = sql.update("""
                update credential set password_hash = ?, changed_at = now()
                 where person_id = ? and password_hash = ? and void_since is null
                """, hash, personId, before);
        if (replaced == 0) {
            return false;
        }
        sql.update("update one_time_link set used_at = now() where person_id = ? and used_at is null", personId);
        takeBack(attempt);
        Notifications.notifyPerson(sql, personId, passwordChanged(clock.instant()), clock.instant());
        accounts.endOtherSessions(personId, kept);
        audit.record("person.password_set", "person", personId.toString(), Map.of("by", "person"));
        securityMails.fire(new SecurityMailRequested.PasswordChanged(personId));
        return true;
    }

    /** Ends the throttling of an account after its person chose a new password. */
    static void forgive(Sql sql, String email) {
        sql.update(
                "delete from sign_in_failure where subject = ?",
                FailureCounter.subject("account", EmailAddress.known(email).orElse(email)));
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.uuid("person_id"), row.text("state"), row.maybeText("password_hash"), RoleAssignmentReader.of(row));
    }
}
