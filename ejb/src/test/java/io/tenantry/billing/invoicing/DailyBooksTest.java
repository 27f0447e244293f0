package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.DailyCharges;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A correction of an earlier month's document is not deducted from the charges of the day of the correction. */
class DailyBooksTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 4);

    private static BillingFixture billingFixture;
    private static UUID organization;
    private static DailyCharges daily;
    private static DailyAmounts before;

    @BeforeAll
    static void correctAnIssuedMonth() {
        billingFixture = new BillingFixture("daybook", "EUR", "Europe/Berlin");
        var invoicingFixture = new InvoicingFixture(billingFixture);
        daily = new DailyCharges(
                billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()));
        var rented = Instant.parse("2026-10-10T12:20:00Z");
        billingFixture.clock.stopAt(rented);
        var wallet = invoicingFixture.wallet("100");
        organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        billingFixture.rent(wallet, billingFixture.price("7.30"), rented);
        charge("2026-11-04T00:00:00Z");
        assertThat(invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER).documents())
                .isEqualTo(1);
        charge("2026-11-04T20:00:00Z");
        before = billingFixture.in(() -> daily.ofAll());
        invoicingFixture.credit(wallet, "3");
        invoicingFixture.debit(wallet, "0.5");
        charge("2026-11-05T20:00:00Z");
    }

    private static void charge(String until) {
        billingFixture.clock.stopAt(Instant.parse(until));
        billingFixture.charge(Instant.parse(until));
    }

    @Test
    void customersDayHasChargesAndCorrections() {
        assertChargesAndCorrections(billingFixture.in(
                () -> daily.of(organization, billingFixture.money("0").currency())));
    }

    @Test
    void resellersDayHasTheSameChargesAndCorrections() {
        assertChargesAndCorrections(billingFixture.in(() -> daily.ofAll()));
    }

    private static void assertChargesAndCorrections(DailyAmounts days) {
        assertThat(before.amounts()).containsKey(DAY);
        assertThat(days.amounts()).containsAllEntriesOf(before.amounts());
        assertThat(days.corrections()).containsOnlyKeys(DAY).containsEntry(DAY, billingFixture.money("-2.50"));
        assertThat(days.corrected()).isEqualTo(billingFixture.money("-2.50"));
        assertThat(days.thisMonth()).isGreaterThan(before.thisMonth());
    }
}
