package io.tenantry.batch.pricing;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.catalog.pricing.PriceListNotices;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Tells resellers of wholesale prices that were published; a node that dies loses nothing, as nobody is told twice and the next one tells. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class PriceListTimer {
    @Inject
    PriceListNotices notices;

    @Inject
    PerTenantRunner all;

    @Schedule(hour = "*", minute = "*/5", second = "40", persistent = false, info = "wholesale prices to tell of")
    void tell() {
        all.begin(new TenantTask("price-lists", notices::tell));
    }
}
