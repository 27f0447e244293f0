package io.tenantry.batch.reconciliation;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.cloud.addon.AddonReconciliationSchedule;
import io.tenantry.cloud.provider.catalog.CatalogSyncSchedule;
import io.tenantry.cloud.reconciliation.ReconciliationSchedule;
import io.tenantry.cloud.transfer.TransferUsage;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that schedules reconciliation, metering and catalog synchronization for each new provider account. These work items then reschedule
 * themselves. With several nodes the second one finds nothing to write.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class ReconciliationTimer {
    @Inject
    ReconciliationSchedule reconciliationSchedule;

    @Inject
    TransferUsage transferUsage;

    @Inject
    AddonReconciliationSchedule volumes;

    @Inject
    CatalogSyncSchedule catalogSync;

    @Inject
    PerTenantRunner all;

    @Schedule(hour = "*", minute = "2/5", second = "20", persistent = false, info = "provider account scans")
    void begin() {
        all.begin(
                new TenantTask("reconcile", reconciliationSchedule::begin),
                new TenantTask("meter-transfer", transferUsage::begin),
                new TenantTask("volumes", volumes::begin),
                new TenantTask("catalog-sync", catalogSync::begin));
    }
}
