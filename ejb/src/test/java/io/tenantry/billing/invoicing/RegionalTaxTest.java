package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoiceSeller.Field;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A customer in a region pays the taxes its reseller collects there, and its document states each of them. */
class RegionalTaxTest {
    private static int count;

    private final InvoicingFixture invoicingFixture =
            new InvoicingFixture(new BillingFixture("regional-" + ++count, "CAD", "America/Toronto"));
    private final BillingFixture billingFixture = invoicingFixture.billingFixture;
    private final TenantDirectory tenants = new TenantDirectory(Database.administration());
    private final BillingParties billingParties = new BillingParties(
            billingFixture.sql,
            billingFixture.clock,
            new Access(billingFixture.sql),
            InvoicingFixture.trail(billingFixture));

    private void collect() {
        billingFixture.clock.stopAt(InvoicingFixture.RENTED);
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_rate (place, category, percent, parts, from_day, recorded_at, recorded_by)
                values ('CA', 'STANDARD', 5, '', '2026-01-01', now(), 'test'),
                       ('CA-QC', 'STANDARD', 14.975, 'GST=5;QST=9.975', '2026-01-01', now(), 'test')
                """));
        for (var place : new String[] {"CA", "CA-QC"}) {
            billingFixture.in(() -> billingFixture.sql.update("""
                    insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                    values (?, '1', 'DOMESTIC', '2026-01-01', now(), 'test')
                    """, place));
        }
        for (var kind : new AccountKind[] {AccountKind.TAX, AccountKind.ROUNDING}) {
            billingFixture.in(() -> billingFixture.ledger.account(
                    kind, billingFixture.money("0").currency()));
        }
    }

    private static InvoiceBuyer buyer(String region) {
        return new InvoiceBuyer(
                new PostalAddress("Nordwind", "Rue 1", "H2X", "Montreal", "CA"), region, "", "n@n.example", "");
    }

    private InvoiceQuery.InvoiceDetails issued(String region) {
        var wallet = invoicingFixture.wallet("100");
        UUID organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into invoice_buyer (organization_id, name, street, postcode, city, country, region, vat_number, email, reference,
                                           recorded_at, recorded_by)
                values (?, 'Nordwind', 'Rue 1', 'H2X', 'Montreal', 'CA', ?, '', 'n@n.example', '', ?, 'test')
                """, organization, region, InvoicingFixture.RENTED));
        billingFixture.rent(wallet, billingFixture.price("73"), InvoicingFixture.RENTED);
        var october = BillingPeriod.of(java.time.YearMonth.of(2026, 10), java.time.ZoneId.of("America/Toronto"));
        billingFixture.charge(october.to());
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER.plus(Duration.ofDays(1)));
        assertThat(invoicingFixture.issue(wallet, october).documents()).isEqualTo(1);
        var invoiceQuery = new InvoiceQuery(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                tenants,
                invoicingFixture.invoicing);
        UUID id = billingFixture.in(() ->
                billingFixture.sql.one("select id from invoice where wallet_id = ?", row -> row.uuid("id"), wallet));
        var invoiceDetails = billingFixture.in(() -> invoiceQuery.one(id));
        assertThat(billingFixture.balance(wallet))
                .isEqualTo(billingFixture.money("100").minus(invoiceDetails.total()));
        return invoiceDetails;
    }

    @Test
    void listsEachTaxOfARegionAndTheyAddUp() {
        collect();
        var quebec = issued("QC");
        var alberta = issued("AB");

        assertThat(quebec.taxes()).singleElement().satisfies(part -> {
            assertThat(part.place()).isEqualTo("CA-QC");
            assertThat(part.percent()).isEqualByComparingTo("14.975");
            assertThat(part.pieces()).extracting(TaxSubtotal.TaxComponent::name).containsExactly("GST", "QST");
            assertThat(part.pieces().stream()
                            .map(TaxSubtotal.TaxComponent::tax)
                            .reduce(billingFixture.money("0"), io.tenantry.kernel.money.Money::plus))
                    .isEqualTo(part.tax());
        });
        assertThat(alberta.taxes()).singleElement().satisfies(part -> {
            assertThat(part.place()).isEqualTo("CA");
            assertThat(part.percent()).isEqualByComparingTo("5");
            assertThat(part.pieces()).isEmpty();
        });
        assertThat(quebec.buyer().region()).isEqualTo("QC");
        assertThat(AuditorFixture.found(billingFixture.tenant, "tax", "invoice", "period"))
                .isEmpty();
    }

    @Test
    void requiresARegionWhereRegionsAreTaxed() {
        collect();
        var wallet = invoicingFixture.wallet("1");
        UUID organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        assertThat(billingFixture.in(() -> billingParties.buy(organization, buyer(""))))
                .isEqualTo(new BillingParties.Outcome.Invalid(Set.of(Field.REGION)));
        assertThat(billingFixture.in(() -> billingParties.buy(organization, buyer("QUEBEC"))))
                .isEqualTo(new BillingParties.Outcome.Invalid(Set.of(Field.REGION)));
        var german = new InvoiceBuyer(new PostalAddress("N", "S", "1", "B", "DE"), "", "", "n@n.example", "");
        assertThat(german.faults()).isEmpty();
    }
}
