package io.tenantry.demo;

import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.tax.CustomerTaxStatuses;
import io.tenantry.billing.tax.TaxCustomer;
import io.tenantry.billing.tax.TaxSettings;
import io.tenantry.kernel.time.MovableClock;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Where a brand of the story collects tax, and which of its customers are businesses. */
@Dependent
class DemoTaxes {
    @Inject
    TaxSettings settings;

    @Inject
    CustomerTaxStatuses statuses;

    @Inject
    MovableClock clock;

    /** The brand in the EU collects tax from its first day on, and includes it in its prices. */
    void collect(DemoBrand brand) {
        if (brand == DemoBrand.AURORA) {
            var today = LocalDate.ofInstant(clock.instant(), brand.zone());
            var number = DemoBillingParties.seller(brand).vatNumber();
            done(settings.register(DemoBillingParties.HOME, number, TaxSettings.Scheme.DOMESTIC, today));
            done(settings.setPricing(true, today));
        }
    }

    /** Records the verified VAT number of a customer elsewhere in the EU. */
    void prove(UUID organizationId, InvoiceBuyer invoiceBuyer) {
        if (!invoiceBuyer.vatNumber().isEmpty() && !invoiceBuyer.vatNumber().startsWith(DemoBillingParties.HOME)) {
            var evidence =
                    "VIES: " + invoiceBuyer.vatNumber() + ", " + clock.instant().truncatedTo(ChronoUnit.SECONDS);
            var outcome =
                    statuses.set(organizationId, TaxCustomer.Status.BUSINESS, CustomerTaxStatuses.Proof.of(evidence));
            if (outcome != CustomerTaxStatuses.Outcome.DONE) {
                throw new IllegalStateException("the demo's tax status was refused: " + outcome);
            }
        }
    }

    private static void done(TaxSettings.Outcome outcome) {
        if (outcome != TaxSettings.Outcome.DONE) {
            throw new IllegalStateException("the demo's tax was refused: " + outcome);
        }
    }
}
