package io.tenantry.admin.offboarding;

import io.tenantry.admin.platform.TenantTransactions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes resellers, for operators. The deletion is started here and carried out in the background by {@link DeletionWork}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TenantDeletion {
    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    @Inject
    Obstacles obstacles;

    @Inject
    TenantTransactions records;

    /** For the container. */
    public TenantDeletion() {}

    /** For use outside a container. */
    TenantDeletion(Access access, TenantDirectory directory, Obstacles obstacles, TenantTransactions records) {
        this.access = access;
        this.directory = directory;
        this.obstacles = obstacles;
        this.records = records;
    }

    /** The result of a request. */
    public sealed interface Outcome {
        /** The deletion has started: no node serves the reseller now. */
        record Started() implements Outcome {}

        /** The confirmation is not its slug; nothing changed. */
        record Unconfirmed() implements Outcome {}

        /** There are obstacles; nothing changed. */
        record Refused(List<Obstacle> obstacles) implements Outcome {
            public Refused {
                obstacles = List.copyOf(obstacles);
            }
        }
    }

    /** Returns the present obstacles; empty if it can be deleted. */
    public List<Obstacle> obstacles(TenantId id) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return inspectUnlocked(known(id));
    }

    /** Returns why its deletion fails, if it does. */
    public Optional<String> fault(TenantId id) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        return records.fault(known(id).id());
    }

    /**
     * Deletes a reseller. Irreversible.
     *
     * @param typed its slug, as typed for confirmation
     */
    public Outcome delete(TenantId id, String typed) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var tenant = known(id);
        if (!typed.strip().equals(id.value())) {
            return new Outcome.Unconfirmed();
        }
        var found = inspectUnlocked(tenant);
        if (!found.isEmpty()) {
            return new Outcome.Refused(found);
        }
        var obstacles = leave(tenant);
        directory.refresh();
        return obstacles.isEmpty() ? new Outcome.Started() : new Outcome.Refused(obstacles);
    }

    /** Checks again while the reseller cannot change: earlier results may be outdated. */
    private List<Obstacle> leave(Tenant tenant) {
        var found = new ArrayList<Obstacle>();
        try {
            var isLeaving = records.leave(tenant.id(), () -> !found.addAll(inspect(tenant)));
            if (!isLeaving && found.isEmpty()) {
                found.add(Obstacle.of(Obstacle.Kind.NOT_SUSPENDED));
            }
        } catch (RuntimeException failure) {
            if (!SqlFailure.isTransient(failure)) {
                throw failure;
            }
            found.add(Obstacle.of(Obstacle.Kind.CHANGING));
        }
        return found;
    }

    /** Another node may start the deletion meanwhile: then the queries fail, since a leaving reseller's rights are revoked. */
    private List<Obstacle> inspectUnlocked(Tenant tenant) {
        try {
            return inspect(tenant);
        } catch (RuntimeException failure) {
            directory.refresh();
            if (known(tenant.id()).state() == Tenant.State.SUSPENDED) {
                throw failure;
            }
            return List.of(Obstacle.of(Obstacle.Kind.NOT_SUSPENDED));
        }
    }

    private List<Obstacle> inspect(Tenant tenant) {
        return tenant.state() == Tenant.State.SUSPENDED
                ? obstacles.inside(tenant, obstacles.outside(tenant.id()))
                : List.of(Obstacle.of(Obstacle.Kind.NOT_SUSPENDED));
    }

    private Tenant known(TenantId id) {
        return directory.byId(id).orElseThrow(() -> new NotFoundException("reseller", id));
    }
}
