package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.LocalDate;

/** A reseller with tax settings, rates and statuses of customers. */
final class TaxSettingsFixture {
    final BillingFixture billingFixture;
    final TaxSettings settings = new TaxSettings();
    final TaxRateSettings rates = new TaxRateSettings();
    final CustomerTaxStatuses statuses = new CustomerTaxStatuses();

    TaxSettingsFixture(BillingFixture billingFixture) {
        this.billingFixture = billingFixture;
        var access = new Access(billingFixture.sql);
        var audit = InvoicingFixture.trail(billingFixture);
        var tenants = new TenantDirectory(Database.administration());
        settings.sql = billingFixture.sql;
        settings.clock = billingFixture.clock;
        settings.access = access;
        settings.audit = audit;
        settings.tenants = tenants;
        settings.ledger = billingFixture.ledger;
        rates.sql = billingFixture.sql;
        rates.clock = billingFixture.clock;
        rates.access = access;
        rates.audit = audit;
        rates.tenants = tenants;
        statuses.sql = billingFixture.sql;
        statuses.clock = billingFixture.clock;
        statuses.access = access;
        statuses.audit = audit;
        statuses.tenants = tenants;
        statuses.charging = billingFixture.charging;
    }

    TaxSettings.Outcome register(String country, Scheme scheme, LocalDate from) {
        return billingFixture.in(() -> settings.register(country, "DE999999995", scheme, from));
    }

    void assertConsistent() {
        assertThat(AuditorFixture.found(
                        billingFixture.tenant, "tax", "period", "wallet-hourly-cost", "charges-match-periods"))
                .isEmpty();
    }
}
