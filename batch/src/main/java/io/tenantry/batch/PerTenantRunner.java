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

/** Begins rounds in every tenant that is charged, where and when this node may work. One that fails stops nobody else. */
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
     * @param who acts, as the audit calls it
     */
    public record TenantTask(String who, Supplier<?> begin) {}

    /** Begins each of them, tenant by tenant. */
    public void begin(TenantTask... rounds) {
        if (!settings.workTimer() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            for (var tenantTask : List.of(rounds)) {
                begin(tenant.id(), tenantTask);
            }
        }
    }

    private static void begin(TenantId tenant, TenantTask tenantTask) {
        try (var acting = Actors.enter(Actor.system(tenantTask.who()))) {
            Tenancy.in(tenant, () -> tenantTask.begin().get());
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, tenantTask.who() + " was not started for " + tenant, failure);
        }
    }
}
