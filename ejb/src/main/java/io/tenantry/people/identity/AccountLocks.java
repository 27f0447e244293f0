package io.tenantry.people.identity;

import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * Stops an account at once because somebody else may be using it, whatever it owns: the only owner of an organization can be locked, but not
 * disabled. Roles stay, and so does ownership: a locked owner still counts as one, so that nobody appoints another in the meantime. After
 * unlocking, the password from before is not accepted; its person chooses another by a link that goes out by mail.
 */
@Stateless
public class AccountLocks {
    /** How long a reason may be. */
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
    Locking locking;

    /**
     * Locks an account: signed out everywhere at once, links and API keys revoked permanently. Staff lock accounts of customers' people, those who
     * manage a team accounts of that team, except the last one who manages it.
     *
     * @param reason shown to those who may unlock, and kept in the audit trail
     */
    public TeamChange lock(UUID personId, String reason) {
        var role = requireCare(personId);
        if (!Locking.isReason(reason)) {
            return TeamChange.NO_REASON;
        }
        if (personId.equals(Actors.require().personId())) {
            return TeamChange.ONESELF;
        }
        if (role.isPresent() && !isMine(role.get())) {
            return TeamChange.ROLE_NOT_YOURS;
        }
        if (role.isPresent() && owners.isLastOfStaff(personId)) {
            return TeamChange.LAST_OWNER;
        }
        locking.lock(personId, reason.strip(), false);
        return TeamChange.DONE;
    }

    /** Lets the person back in by a link that is mailed, with the roles from before. */
    public TeamChange unlock(UUID personId) {
        var role = requireCare(personId);
        if (role.isPresent() && !isMine(role.get())) {
            return TeamChange.ROLE_NOT_YOURS;
        }
        return locking.unlock(personId, false);
    }

    /** The role of the person in the staff, if there is one, after asking for the right to look after such a person. */
    private Optional<String> requireCare(UUID personId) {
        SelfOnly.require("team");
        var role = locking.role(personId);
        access.require(
                Locking.isPlatform() || role.isPresent() ? Owners.managingStaff() : Permission.STAFF_CUSTOMERS_MANAGE);
        if (sql.first("select id from person where id = ?", row -> row.uuid("id"), personId)
                .isEmpty()) {
            throw new NotFoundException("person", personId);
        }
        return role;
    }

    private boolean isMine(String role) {
        return Actors.require().isSystem()
                || roles.isWithin(
                        Locking.isPlatform() ? Role.Kind.OPERATOR : Role.Kind.STAFF, role, access.permissions());
    }
}
