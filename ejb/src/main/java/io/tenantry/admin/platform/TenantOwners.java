package io.tenantry.admin.platform;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.InvitationOutcome;
import io.tenantry.people.identity.LinkSent;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.OwnerRecovery;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.Staff;
import io.tenantry.people.identity.TeamChange;
import io.tenantry.people.identity.TeamMember;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The owners of a reseller, for operators: recovery while none of them can sign in. Links are mailed to the owner and shown to no operator. The
 * reseller's staff are notified. Actions are recorded, with the operator's name, in the reseller's audit trail, in the same transaction, and
 * then in the platform's with the operator as actor; if the process dies in between, only the reseller's has the record.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TenantOwners {
    private static final String OWNER = "staff_owner";

    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    @Inject
    Staff staff;

    @Inject
    OwnerRecovery recovery;

    @Inject
    AuditTrail audit;

    /** Returns all owners, by name. */
    public List<TeamMember> list(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return inside(
                tenant,
                () -> staff.all().stream()
                        .filter(member -> member.role().equals(OWNER))
                        .toList());
    }

    /**
     * Makes a person, known to the reseller or new, an owner; a new person is mailed a link to choose a password. Refused while an owner can
     * sign in or has an open invitation: owners invite owners.
     */
    public InvitationOutcome invite(TenantId tenant, String email, String name) {
        requireManaging(tenant);
        var operator = operator();
        var outcome = inside(tenant, () -> recovery.invite(email, name, operator));
        if (outcome instanceof InvitationOutcome.Invited invited) {
            record(tenant, "tenant.owner_invited", invited.personId());
            return new InvitationOutcome.Invited(invited.personId(), invited.mailedTo(), Optional.empty());
        }
        return outcome;
    }

    /**
     * Mails an owner a new link to choose a password; earlier links stop working.
     *
     * @return empty, and nothing was sent, while an owner can sign in
     * @throws NotFoundException if the person is not an owner of the reseller
     */
    public Optional<LinkSent> sendLink(TenantId tenant, UUID personId) {
        requireManaging(tenant);
        if (list(tenant).stream().noneMatch(owner -> owner.personId().equals(personId))) {
            throw new NotFoundException("owner", personId);
        }
        var operator = operator();
        var sent = inside(tenant, () -> recovery.sendLink(personId, operator));
        if (sent.isPresent()) {
            record(tenant, "tenant.owner_link_sent", personId);
        }
        return sent.map(link -> new LinkSent(link.mailedTo(), link.isKept(), link.expiresAt(), Optional.empty()));
    }

    /**
     * Locks an owner's account, even the last one's, because an intruder may be using it. Staff of the reseller cannot unlock it.
     *
     * @throws NotFoundException if the person is not an owner of the reseller
     */
    public TeamChange lock(TenantId tenant, UUID personId, String reason) {
        requireManaging(tenant);
        var operator = operator();
        var change = inside(tenant, () -> recovery.lock(personId, reason, operator));
        if (change == TeamChange.DONE) {
            record(tenant, "tenant.owner_locked", personId);
        }
        return change;
    }

    /**
     * Unlocks an owner's account; the owner gets a link to choose another password.
     *
     * @throws NotFoundException if the person is not an owner of the reseller
     */
    public TeamChange unlock(TenantId tenant, UUID personId) {
        requireManaging(tenant);
        var operator = operator();
        var change = inside(tenant, () -> recovery.unlock(personId, operator));
        if (change == TeamChange.DONE) {
            record(tenant, "tenant.owner_unlocked", personId);
        }
        return change;
    }

    private static String operator() {
        return Actors.require().name();
    }

    private void record(TenantId tenant, String action, UUID personId) {
        Tenancy.in(Scope.PLATFORM, () -> {
            audit.record(action, "tenant", tenant.value(), Map.of("person", personId));
            return tenant;
        });
    }

    /** Runs as the system, which the reseller's own rules allow to manage its team. */
    private static <T> T inside(TenantId tenant, Supplier<T> work) {
        try (var actorScope = Actors.enter(Actor.system("platform-operator"))) {
            return Tenancy.in(tenant, work::get);
        }
    }

    private void requireManaging(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var state = directory.byId(tenant).map(Tenant::state);
        if (state.isEmpty() || (state.get() != Tenant.State.ACTIVE && state.get() != Tenant.State.SUSPENDED)) {
            throw new NotFoundException("reseller", tenant);
        }
    }
}
