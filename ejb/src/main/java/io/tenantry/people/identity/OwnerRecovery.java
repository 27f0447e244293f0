package io.tenantry.people.identity;

import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Recovery of a reseller's owner by operators: only while none of its owners can sign in, otherwise that is the owners' own business. All
 * others who manage the staff are notified with the operator's name, in the same transaction, which is also recorded in the reseller's audit
 * trail. For the platform, which checks the operator's permission.
 */
@Stateless
public class OwnerRecovery {
    private static final String OWNER = "staff_owner";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Staff staff;

    @Inject
    PersonAccounts personAccounts;

    @Inject
    Owners owners;

    @Inject
    AccountLocking accountLocking;

    /** Makes a person an owner; returns {@link InvitationOutcome.OwnerThere} while another can sign in or has an open invitation. */
    public InvitationOutcome invite(String email, String name, String operator) {
        if (owners.hasStaffOwner(true)) {
            return new InvitationOutcome.OwnerThere();
        }
        var outcome = asOperator(operator, () -> staff.invite(email, name, OWNER));
        if (outcome instanceof InvitationOutcome.Invited invited) {
            requestMail(invited.personId(), operator);
        }
        return outcome;
    }

    /**
     * Mails an owner a new link; earlier ones stop working.
     *
     * @return empty while an owner can sign in. An open invitation of another does not prevent this: the link goes where this owner's went
     *     before.
     */
    public Optional<LinkSent> sendLink(UUID personId, String operator) {
        if (owners.hasStaffOwner(false)) {
            return Optional.empty();
        }
        var sent = asOperator(operator, () -> personAccounts.sendLink(personId));
        requestMail(personId, operator);
        return Optional.of(sent);
    }

    /** Locks an owner's account, even the last one's: a stolen account must be stopped. The reseller's staff cannot unlock it. */
    public TeamChange lock(UUID personId, String reason, String operator) {
        requireOwner(personId);
        if (!AccountLocking.isReason(reason)) {
            return TeamChange.NO_REASON;
        }
        return asOperator(operator, () -> {
            accountLocking.lock(personId, reason.strip(), true);
            return TeamChange.DONE;
        });
    }

    /** Unlocks an owner's account, whether staff or operators locked it. */
    public TeamChange unlock(UUID personId, String operator) {
        requireOwner(personId);
        return asOperator(operator, () -> accountLocking.unlock(personId, true));
    }

    private void requireOwner(UUID personId) {
        var owner = sql.first(
                "select person_id from staff_member where person_id = ? and role = ?",
                row -> row.uuid("person_id"),
                personId,
                OWNER);
        if (owner.isEmpty()) {
            throw new NotFoundException("owner", personId);
        }
    }

    private void requestMail(UUID personId, String operator) {
        var email = sql.one("select email from person where id = ?", row -> row.text("email"), personId);
        var now = clock.instant();
        var notification = new Notification(
                Notification.Kind.OWNER_LINK_SENT, email, operator, "team", "owner-link-sent:" + personId + ":" + now);
        Notifications.notifyStaff(sql, Permission.STAFF_MEMBERS_MANAGE, notification, now);
    }

    private static <T> T asOperator(String operator, Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system(operator + " (platform operator)"))) {
            return work.get();
        }
    }
}
