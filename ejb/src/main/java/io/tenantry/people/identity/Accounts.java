package io.tenantry.people.identity;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ends access: account, sessions, links and API keys. Every node is notified when the transaction commits and closes the person's open pages
 * and consoles. Checks no permission and records nothing: part of use cases that do both.
 */
@Dependent
class Accounts {
    /** Those for a place, and what was made with them, which may be for another. */
    private static final String REVOKE = """
            with recursive ended (id) as (
                select k.id
                  from api_key k
                 where k.person_id = ?
                   and k.organization_id is not distinct from cast(? as uuid)
                union
                select k.id from api_key k join ended e on k.created_with = e.id)
            update api_key
               set revoked_at = now()
             where id in (select id from ended)
               and revoked_at is null
            """;

    @Inject
    Sql sql;

    @Inject
    OneTimeTokens links;

    @Inject
    InvitationWithdrawals invitationWithdrawals;

    /**
     * Disables the account: sessions end, links and API keys are revoked permanently.
     *
     * @param organizationId the organization whose members disabled it; null if staff or operators did
     */
    void disable(UUID personId, @Nullable UUID organizationId) {
        lock(personId);
        sql.update(
                "update person set state = 'DISABLED', disabled_in = cast(? as uuid) where id = ? and state <> 'LOCKED'",
                organizationId,
                personId);
        putOut(personId);
    }

    /** Ends all access of the person: sessions, links, open invitations and, permanently, API keys. The person is locked ({@link #lock}). */
    void putOut(UUID personId) {
        links.forget(personId);
        revokeAllKeys(personId);
        endSessions(personId);
    }

    /** Revokes all API keys of the person, who is locked ({@link #lock}); returns how many. Call {@link #endSessions} after it. */
    int revokeAllKeys(UUID personId) {
        return sql.update("update api_key set revoked_at = now() where person_id = ? and revoked_at is null", personId);
    }

    /**
     * Ends all sessions of the person, and withdraws invitations made in them: an intruder may have been using them. Nothing else of the person
     * may be changed afterwards in the same transaction, since the withdrawals are recorded.
     */
    void endSessions(UUID personId) {
        Sessions.endAll(sql, personId);
        invitationWithdrawals.ofPerson(personId);
    }

    /**
     * Ends all sessions of the person but one, and withdraws invitations as {@link #endSessions} does: which session made them is not known. The
     * same applies to what may follow.
     */
    void endOtherSessions(UUID personId, UUID kept) {
        Sessions.endAllBut(sql, personId, kept);
        invitationWithdrawals.ofPerson(personId);
    }

    /** Lets the person sign in again. What was opened while the account was being disabled stays closed. */
    void enable(UUID personId) {
        sql.update("""
                update person
                   set state = 'ACTIVE', disabled_in = null, sessions_valid_from = clock_timestamp()
                 where id = ?
                   and state = 'DISABLED'
                """, personId);
    }

    /** Waits for a key that the person is creating ({@link ApiKeys#create}), so that later statements see it. */
    void lock(UUID personId) {
        sql.first("select id from person where id = ? for no key update", row -> row.uuid("id"), personId);
    }

    /**
     * Revokes the person's keys for an organization, or with null those for the reseller or the platform, and all that were made with them, and withdraws
     * what was invited to with them.
     */
    int revokeKeys(UUID personId, @Nullable UUID organizationId) {
        lock(personId);
        int revoked = revoke(personId, organizationId);
        invitationWithdrawals.ofRevokedKeys(personId);
        return revoked;
    }

    private int revoke(UUID personId, @Nullable UUID organizationId) {
        return sql.update(REVOKE, personId, organizationId);
    }

    /** Whether the person also belongs to another organization here, or to the staff. */
    boolean belongsElsewhere(UUID personId, UUID organizationId) {
        return sql.one("""
                select exists (select from staff_member s where s.person_id = ?)
                       or exists (select from membership m where m.person_id = ? and m.organization_id <> ?) as is_so
                """, row -> row.flag("is_so"), personId, personId, organizationId);
    }

    /**
     * Handles the loss of a role: the API keys for it are revoked, for an organization, or with null for the staff. A person without any role
     * left is signed out; open pages and consoles of others are checked, and their invitations to that team withdrawn.
     */
    void lostPlace(UUID personId, @Nullable UUID organizationId, boolean isElsewhere) {
        lock(personId);
        revoke(personId, organizationId);
        if (isElsewhere) {
            checkOpen(personId);
            invitationWithdrawals.beyondRole(personId);
        } else {
            links.forget(personId);
            endSessions(personId);
        }
    }

    /** Handles a changed role of the person: open pages and consoles are checked, and invitations that it does not allow are withdrawn. */
    void changedRole(UUID personId) {
        lock(personId);
        checkOpen(personId);
        invitationWithdrawals.beyondRole(personId);
    }

    /** Handles changed permissions of the person: open pages and consoles are checked at once. */
    void checkOpen(UUID personId) {
        Signals.publish(sql, Signal.Kind.SESSION, personId);
    }

    /** Whether the person may sign in. */
    boolean isActive(UUID personId) {
        return state(personId).isActive();
    }

    /** Whether the account was locked for security: only actors with the right to lock it can change that. */
    boolean isLocked(UUID personId) {
        return state(personId).isLocked();
    }

    /** Whether the account was disabled by the members of that organization. */
    boolean wasDisabledIn(UUID personId, UUID organizationId) {
        return state(personId).disabledIn().filter(organizationId::equals).isPresent();
    }

    private State state(UUID personId) {
        return sql.first(
                        "select state, disabled_in from person where id = ?",
                        row -> new State(row.text("state"), row.maybeUuid("disabled_in")),
                        personId)
                .orElseThrow(() -> new NotFoundException("person", personId));
    }

    private record State(String name, Optional<UUID> disabledIn) {
        boolean isActive() {
            return name.equals("ACTIVE");
        }

        boolean isLocked() {
            return name.equals("LOCKED");
        }
    }

    /** Whether the person has chosen a password. */
    boolean hasPassword(UUID personId) {
        return sql.one(
                "select exists (select from credential c where c.person_id = ?) as is_so",
                row -> row.flag("is_so"),
                personId);
    }
}
