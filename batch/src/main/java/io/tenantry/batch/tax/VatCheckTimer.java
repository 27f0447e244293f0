package io.tenantry.batch.tax;

import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import io.tenantry.config.Settings;
import io.tenantry.tax.VatChecks;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Has VAT numbers checked of which VIES said nothing for a month, once a day. On several nodes the second one finds the work written.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class VatCheckTimer {
    @Inject
    VatChecks checks;

    @Inject
    TenantRounds all;

    @Inject
    Settings settings;

    @Schedule(hour = "5", minute = "12", persistent = false, info = "VAT numbers to check")
    void begin() {
        if (!settings.viesUrl().isEmpty()) {
            all.begin(new Round("vat-check", checks::begin));
        }
    }
}
