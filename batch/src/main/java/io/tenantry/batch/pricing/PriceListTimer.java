package io.tenantry.batch.pricing;

import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import io.tenantry.pricing.PriceListNotices;
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
    TenantRounds all;

    @Schedule(hour = "*", minute = "*/5", second = "40", persistent = false, info = "wholesale prices to tell of")
    void tell() {
        all.begin(new Round("price-lists", notices::tell));
    }
}
