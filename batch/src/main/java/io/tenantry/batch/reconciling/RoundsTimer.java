package io.tenantry.batch.reconciling;

import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import io.tenantry.options.VolumeRounds;
import io.tenantry.provider.stock.StockRounds;
import io.tenantry.reconciling.Rounds;
import io.tenantry.usage.Transfers;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Sees to it that each account with a vendor is looked at, asked what its servers transfer, and what it sells: one that is new gets its work
 * items, which come again by themselves from then on. On several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RoundsTimer {
    @Inject
    Rounds rounds;

    @Inject
    Transfers transfers;

    @Inject
    VolumeRounds volumes;

    @Inject
    StockRounds stock;

    @Inject
    TenantRounds all;

    @Schedule(hour = "*", minute = "2/5", second = "20", persistent = false, info = "accounts to look at")
    void begin() {
        all.begin(
                new Round("reconcile", rounds::begin),
                new Round("meter", transfers::begin),
                new Round("volumes", volumes::begin),
                new Round("stock", stock::begin));
    }
}
