package io.tenantry.batch.reconciling;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.options.VolumeRounds;
import io.tenantry.provider.stock.StockRounds;
import io.tenantry.reconciling.Rounds;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.usage.Transfers;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.function.IntSupplier;

/**
 * Sees to it that each account with a vendor is looked at, asked what its servers transfer, and what it sells: one that is new gets its work
 * items, which come again by themselves from then on. On several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RoundsTimer {
    private static final System.Logger LOG = System.getLogger(RoundsTimer.class.getName());

    @Inject
    Rounds rounds;

    @Inject
    Transfers transfers;

    @Inject
    VolumeRounds volumes;

    @Inject
    StockRounds stock;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "2/5", second = "20", persistent = false, info = "accounts to look at")
    void begin() {
        if (!settings.workTimer() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            begin(tenant.id(), "reconcile", rounds::begin);
            begin(tenant.id(), "meter", transfers::begin);
            begin(tenant.id(), "volumes", volumes::begin);
            begin(tenant.id(), "stock", stock::begin);
        }
    }

    /** One that fails stops nobody else. */
    private static void begin(TenantId tenant, String who, IntSupplier round) {
        try (var acting = Actors.enter(Actor.system(who))) {
            var unused = Tenancy.in(tenant, round::getAsInt);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, who + " was not begun for " + tenant, failure);
        }
    }
}
