package io.tenantry.batch.pricing;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.catalog.pricing.PriceListNotifications;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that notifies resellers of published wholesale prices; if a node dies, the next one sends the missing notifications, and none is sent
 * twice.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class PriceListTimer {
    @Inject
    PriceListNotifications notices;

    @Inject
    PerTenantRunner all;

    @Schedule(hour = "*", minute = "*/5", second = "40", persistent = false, info = "wholesale price notifications")
    void sendNotifications() {
        all.begin(new TenantTask("price-lists", notices::send));
    }
}
