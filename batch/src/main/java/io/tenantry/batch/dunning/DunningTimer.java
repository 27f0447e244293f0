package io.tenantry.batch.dunning;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.dunning.DunningSchedule;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that makes sure that each tenant's debts are processed: a new tenant receives its work item, which reschedules itself from then on.
 * With several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class DunningTimer {
    @Inject
    DunningSchedule rounds;

    @Inject
    PerTenantRunner all;

    @Schedule(hour = "*", minute = "*", second = "50", persistent = false, info = "dunning")
    void begin() {
        all.begin(new TenantTask("dunning", rounds::begin));
    }
}
