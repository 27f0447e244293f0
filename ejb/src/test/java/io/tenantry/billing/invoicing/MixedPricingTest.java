package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A reseller whose prices include tax from the middle of a month on: amounts with and without tax are never added up. */
class MixedPricingTest {
    /** The 20th of October in Berlin. */
    private static final Instant SWITCHED = Instant.parse("2026-10-19T22:00:00Z");

    private static InvoicingFixture invoicingFixture;
    private static BillingFixture billingFixture;
    private static UUID wallet;
    private static InvoiceDetails proforma;
    private static InvoiceDetails invoice;
    private static BigDecimal paid;

    /** A server at 7.30 a month and an item of 10 before the switch, and another of 11.90 after it. */
    @BeforeAll
    static void switchInTheMiddleOfTheMonth() {
        invoicingFixture = GermanTaxFixture.open("mixed-pricing", false);
        billingFixture = invoicingFixture.billingFixture;
        billingFixture.clock.stopAt(RENTED);
        wallet = GermanTaxFixture.wallet(invoicingFixture, "DE");
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        ItemsCharged.take(billingFixture, wallet, "10", "setup:net");
        billingFixture.charge(SWITCHED);
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (true, ?, ?, 'test')
                """, SWITCHED, RENTED));
        // As after a change of the customer's address: its services adopt what is valid at that hour.
        billingFixture.in(() -> billingFixture.charging.changeTax(wallet, SWITCHED));
        billingFixture.clock.stopAt(SWITCHED.plusSeconds(60));
        ItemsCharged.take(billingFixture, wallet, "11.90", "setup:gross");
        billingFixture.charge(OCTOBER.to());
        billingFixture.end(rented, OCTOBER.to());
        billingFixture.clock.stopAt(OCTOBER.to().minusSeconds(1));
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        proforma = billingFixture.in(() -> query().draft(organization));
        billingFixture.clock.stopAt(IN_NOVEMBER);
        invoicingFixture.issue(wallet, OCTOBER);
        paid = GermanTaxFixture.charged(invoicingFixture, wallet);
        invoice = billingFixture.in(
                () -> query().one(invoicingFixture.document(wallet).id()));
    }

    private static InvoiceQuery query() {
        return new InvoiceQuery(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                new TenantDirectory(Database.administration()),
                invoicingFixture.invoicing);
    }

    @Test
    void groupsAmountsWithTaxApartFromThoseWithout() {
        for (var document : List.of(proforma, invoice)) {
            assertThat(document.isMixed()).isTrue();
            assertThat(document.isGross()).isFalse();
            assertThat(document.groups()).hasSize(4).allSatisfy(MixedPricingTest::assertThatItAddsUp);
            var server = document.groups().stream()
                    .filter(group -> group.name().equals("web"))
                    .toList();
            assertThat(server).extracting(Group::isNet).containsExactly(true, false);
            assertThat(server).extracting(Group::isGross).containsExactly(false, true);
            assertThat(document.groups())
                    .filteredOn(group -> group.name().isEmpty())
                    .extracting(Group::amount)
                    .containsExactlyInAnyOrder(billingFixture.money("10"), billingFixture.money("11.90"));
        }
    }

    private static void assertThatItAddsUp(Group group) {
        assertThat(group.isGross()).isNotEqualTo(group.isNet());
        assertThat(group.lines()).allMatch(line -> line.tax().orElseThrow().isIncluded() == group.isGross());
        assertThat(group.lines().stream().map(Invoicing.Line::amount).reduce(billingFixture.money("0"), Money::plus))
                .isEqualTo(group.amount());
    }

    @Test
    void statesTheTaxOfBothAndTheTotalThatTheWalletPaid() {
        // 226 hours of 0.01 without tax and 10; 289 hours of 0.01 and 11.90 including it.
        assertThat(invoice.taxes()).extracting(TaxSubtotal::isIncluded).containsExactlyInAnyOrder(false, true);
        assertThat(invoice.statedNet().plus(invoice.tax())).isEqualTo(invoice.total());
        assertThat(invoice.total().amount()).isEqualByComparingTo(paid);
        assertThat(proforma.total()).isEqualTo(invoice.total());
        assertThat(invoice.net())
                .isEqualTo(invoice.groups().stream()
                        .flatMap(group -> group.lines().stream())
                        .map(Invoicing.Line::net)
                        .reduce(billingFixture.money("0"), Money::plus));
        assertThat(AuditorFixture.found(
                        billingFixture.tenant,
                        "invoice",
                        "tax",
                        "wallet-",
                        "charges-match-periods",
                        "entry-balances",
                        "running-balance"))
                .isEmpty();
    }

    @Test
    void offersLinesToCreditInTheirOwnTerms() {
        var notes = new CreditNotes(
                billingFixture.sql,
                billingFixture.clock,
                new Access(billingFixture.sql),
                InvoicingFixture.trail(billingFixture),
                new TenantDirectory(Database.administration()),
                ItemsCharged.items(billingFixture));
        var id = invoice.issued().orElseThrow().id();

        var offer = billingFixture.in(() -> notes.offer(id));

        assertThat(offer.isMixed()).isTrue();
        assertThat(offer.isGross()).isFalse();
        var amounts = offer.lines().stream()
                .filter(line -> line.name().isEmpty())
                .collect(Collectors.toMap(
                        CreditNotes.CreditableLine::position,
                        line -> line.left().amount()));
        assertThat(offer.lines())
                .filteredOn(line -> line.name().isEmpty())
                .extracting(line -> line.amount() + " " + line.includesTax().orElseThrow())
                .containsExactlyInAnyOrder("10.00000000 EUR false", "11.90000000 EUR true");
        var before = billingFixture.balance(wallet);
        var note = UUID.randomUUID();
        assertThat(billingFixture.in(() -> notes.issue(note, id, Map.copyOf(amounts), "it was down", Optional.empty())))
                .isEqualTo(new CreditNotes.Outcome.Issued(note));
        billingFixture.topUp(wallet, "0");
        assertThat(billingFixture.balance(wallet).minus(before).amount())
                .as("10 plus its tax, and 11.90")
                .isEqualByComparingTo(new BigDecimal("23.80"));
    }
}
