package io.tenantry.batch.fx;

import io.tenantry.catalog.fx.RateUpdater;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that requests missing exchange rates. It checks every minute, because a demo's clock may have moved, and requests them at most once
 * an hour.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class RateTimer {
    @Inject
    RateUpdater rateUpdater;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "15", persistent = false, info = "exchange rates")
    void keep() {
        if (settings.work().timer() && readiness.isReady()) {
            rateUpdater.keep();
        }
    }
}
