package io.tenantry.batch;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/** A starter of tasks in every tenant that is charged, on a node and at a time at which it may work. A failure does not stop the others. */
@ApplicationScoped
public class PerTenantRunner {
    private static final System.Logger LOG = System.getLogger(PerTenantRunner.class.getName());

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    /**
     * A task that is started for one tenant.
     *
     * @param who the actor in the audit trail
     */
    public record TenantTask(String who, Supplier<?> begin) {}

    /** Starts each task, tenant by tenant. */
    public void begin(TenantTask... rounds) {
        if (!settings.work().timer() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            for (var tenantTask : List.of(rounds)) {
                begin(tenant.id(), tenantTask);
            }
        }
    }

    private static void begin(TenantId tenant, TenantTask tenantTask) {
        try (var actorScope = Actors.enter(Actor.system(tenantTask.who()))) {
            Tenancy.in(tenant, () -> tenantTask.begin().get());
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, tenantTask.who() + " was not started for " + tenant, failure);
        }
    }
}
