package io.tenantry.batch;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.DatabaseAway;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;

/** Begins rounds in every tenant that is charged, where and when this node may work. One that fails stops nobody else. */
@ApplicationScoped
public class TenantRounds {
    private static final System.Logger LOG = System.getLogger(TenantRounds.class.getName());

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    /**
     * What is begun in a tenant.
     *
     * @param who acts, as the audit calls it
     */
    public record Round(String who, Supplier<?> begin) {}

    /** Begins each of them, tenant by tenant. */
    public void begin(Round... rounds) {
        if (!settings.workTimer() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            for (var round : List.of(rounds)) {
                begin(tenant.id(), round);
            }
        }
    }

    private static void begin(TenantId tenant, Round round) {
        try (var acting = Actors.enter(Actor.system(round.who()))) {
            Tenancy.in(tenant, () -> round.begin().get());
        } catch (RuntimeException failure) {
            DatabaseAway.report(LOG, round.who() + " was not started for " + tenant, failure);
        }
    }
}
