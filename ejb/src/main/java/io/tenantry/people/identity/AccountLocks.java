package io.tenantry.people.identity;

import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Locks an account immediately because an intruder may be using it, whatever it owns: the only owner of an organization can be locked, but not
 * disabled. Roles stay, and so does ownership: a locked owner still counts as one, so that no other can be appointed in the meantime. After
 * unlocking, the previous password is not accepted; the person chooses another by a link that is sent by mail.
 */
@Stateless
public class AccountLocks {
    /** The maximum length of a reason. */
    public static final int REASON_MAX = 200;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Roles roles;

    @Inject
    Owners owners;

    @Inject
    AccountLocking accountLocking;

    /**
     * Locks an account: signed out everywhere at once, links and API keys revoked permanently. Staff lock accounts of customers' people;
     * managers of a team lock accounts of that team, except that of its last manager.
     *
     * @param reason shown to those with the right to unlock, and kept in the audit trail
     */
    public TeamChange lock(UUID personId, String reason) {
        var role = requireCare(personId);
        if (!AccountLocking.isReason(reason)) {
            return TeamChange.NO_REASON;
        }
        if (personId.equals(Actors.require().personId())) {
            return TeamChange.OWN_ACCOUNT;
        }
        if (role.isPresent() && !isMine(role.get())) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        if (role.isPresent() && owners.isLastOfStaff(personId)) {
            return TeamChange.LAST_OWNER;
        }
        accountLocking.lock(personId, reason.strip(), false);
        return TeamChange.DONE;
    }

    /** Unlocks the account by a mailed link; its roles are unchanged. */
    public TeamChange unlock(UUID personId) {
        var role = requireCare(personId);
        if (role.isPresent() && !isMine(role.get())) {
            return TeamChange.ROLE_NOT_ALLOWED;
        }
        return accountLocking.unlock(personId, false);
    }

    /** Returns the staff role of the person, if there is one, after requiring the permission to manage such a person. */
    private Optional<String> requireCare(UUID personId) {
        SelfOnly.require("team");
        var role = accountLocking.role(personId);
        access.require(
                AccountLocking.isPlatform() || role.isPresent()
                        ? Owners.managingStaff()
                        : Permission.STAFF_CUSTOMERS_MANAGE);
        if (sql.first("select id from person where id = ?", row -> row.uuid("id"), personId)
                .isEmpty()) {
            throw new NotFoundException("person", personId);
        }
        return role;
    }

    private boolean isMine(String role) {
        return Actors.require().isSystem()
                || roles.isWithin(
                        AccountLocking.isPlatform() ? Role.Kind.OPERATOR : Role.Kind.STAFF, role, access.permissions());
    }
}
