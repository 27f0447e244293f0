package io.tenantry.batch.dunning;

import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import io.tenantry.dunning.DunningRounds;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Sees to it that somebody goes through each tenant's debts: a tenant that is new gets its work item, which comes again by itself from then on.
 * On several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DunningTimer {
    @Inject
    DunningRounds rounds;

    @Inject
    TenantRounds all;

    @Schedule(hour = "*", minute = "*", second = "50", persistent = false, info = "debts to look after")
    void begin() {
        all.begin(new Round("dunning", rounds::begin));
    }
}
