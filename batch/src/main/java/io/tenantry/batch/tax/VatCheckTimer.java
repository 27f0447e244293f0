package io.tenantry.batch.tax;

import io.tenantry.batch.PerTenantRunner;
import io.tenantry.batch.PerTenantRunner.TenantTask;
import io.tenantry.billing.invoicing.AutomaticTaxCorrections;
import io.tenantry.billing.tax.VatChecks;
import io.tenantry.config.Settings;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Once a day schedules the check of VAT numbers without an answer from VIES within the last month, and the correction of taxes charged on
 * documents since it confirmed a number. With several nodes the second one finds the work scheduled.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class VatCheckTimer {
    @Inject
    VatChecks checks;

    @Inject
    AutomaticTaxCorrections automaticCorrections;

    @Inject
    PerTenantRunner all;

    @Inject
    Settings settings;

    @Schedule(hour = "5", minute = "12", persistent = false, info = "VAT number checks")
    void begin() {
        if (!settings.viesUrl().isEmpty()) {
            all.begin(
                    new TenantTask("vat-check", checks::begin),
                    new TenantTask("tax-correction", automaticCorrections::begin));
        }
    }
}
