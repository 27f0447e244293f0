package io.tenantry.batch.tax;

import io.tenantry.batch.TenantRounds;
import io.tenantry.batch.TenantRounds.Round;
import io.tenantry.config.Settings;
import io.tenantry.invoicing.TaxCorrections;
import io.tenantry.tax.VatChecks;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Once a day has VAT numbers checked of which VIES said nothing for a month, and taxes corrected that came onto documents since it said yes.
 * On several nodes the second one finds the work written.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class VatCheckTimer {
    @Inject
    VatChecks checks;

    @Inject
    TaxCorrections corrections;

    @Inject
    TenantRounds all;

    @Inject
    Settings settings;

    @Schedule(hour = "5", minute = "12", persistent = false, info = "VAT numbers to check")
    void begin() {
        if (!settings.viesUrl().isEmpty()) {
            all.begin(new Round("vat-check", checks::begin), new Round("tax-correction", corrections::begin));
        }
    }
}
