package io.tenantry.billing.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.billing.tax.TaxRateSettings.Outcome;
import io.tenantry.billing.tax.TaxRateSettings.Withdrawal;
import io.tenantry.billing.tax.TaxSettings.Scheme;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tax rates saved by staff, one by one and as a table, and from when on they apply. */
class TaxRateSettingsTest {
    private static final Instant NOW = Instant.parse("2026-10-10T12:20:00Z");
    private static final LocalDate NEXT_MONTH = LocalDate.of(2026, 11, 1);
    private static int count;

    private final BillingFixture billingFixture = new BillingFixture("tax-rates-" + ++count, "EUR", "Europe/Berlin");
    private final TaxSettingsFixture fixture = new TaxSettingsFixture(billingFixture);
    private final TaxRateSettings rates = fixture.rates;

    @BeforeEach
    void open() {
        billingFixture.clock.stopAt(NOW);
    }

    private Outcome rate(String place, String percent) {
        return billingFixture.in(() ->
                rates.set(new TaxRateSettings.Rate(place, TaxRates.STANDARD, new BigDecimal(percent), NEXT_MONTH)));
    }

    @Test
    void refusesInvalidRates() {
        assertThat(rate("US", "101")).isEqualTo(Outcome.PERCENT);
        assertThat(rate("XX", "1")).isEqualTo(Outcome.COUNTRY);
    }

    @Test
    void storesARateFromItsDay() {
        var unused = new InvoicingFixture(billingFixture);
        assertThat(rate("US", "7.25")).isEqualTo(Outcome.DONE);
        assertThat(rate("US", "8")).isEqualTo(Outcome.EXISTS);
        assertThat(rate("US", "7.25")).as("nothing is written").isEqualTo(Outcome.EXISTS);
        assertThat(fixture.register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.DONE);
        assertThat(billingFixture.in(rates::all))
                .contains(new TaxRateSettings.Rate("US", "STANDARD", new BigDecimal("7.2500"), NEXT_MONTH));
    }

    private long idOf(String place, LocalDate from) {
        return billingFixture.in(rates::listed).stream()
                .filter(one ->
                        one.rate().place().equals(place) && one.rate().from().equals(from))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private Withdrawal withdraw(long id) {
        return billingFixture.in(() -> rates.withdraw(id));
    }

    @Test
    void withdrawsAMistypedRateBeforeItsDay() {
        var unused = new InvoicingFixture(billingFixture);
        assertThat(rate("US", "72.5")).isEqualTo(Outcome.DONE);
        var mistyped = idOf("US", NEXT_MONTH);

        assertThat(withdraw(mistyped)).isEqualTo(Withdrawal.DONE);
        assertThat(withdraw(mistyped)).isEqualTo(Withdrawal.GONE);
        assertThat(fixture.register("US", Scheme.DOMESTIC, NEXT_MONTH))
                .as("a place without a rate")
                .isEqualTo(TaxSettings.Outcome.COUNTRY);
        assertThat(rate("US", "7.25")).isEqualTo(Outcome.DONE);
        assertThat(billingFixture.in(rates::all))
                .filteredOn(rate -> rate.place().equals("US"))
                .singleElement()
                .satisfies(rate -> assertThat(rate.percent()).isEqualByComparingTo("7.25"));
        assertThat(billingFixture.in(() -> billingFixture.sql.query(
                        "select facts ->> 'percent' as percent from audit_record where action = 'tax.rate_withdrawn'",
                        row -> row.text("percent"))))
                .containsExactly("72.5000");
    }

    @Test
    void keepsRatesThatApplyOrAreNeeded() {
        var unused = new InvoicingFixture(billingFixture);
        assertThat(withdraw(idOf("DE", LocalDate.of(2024, 1, 1)))).isEqualTo(Withdrawal.STARTED);
        assertThat(rate("US", "7.25")).isEqualTo(Outcome.DONE);
        assertThat(fixture.register("US", Scheme.DOMESTIC, NEXT_MONTH.minusDays(1)))
                .as("before any rate")
                .isEqualTo(TaxSettings.Outcome.COUNTRY);
        assertThat(fixture.register("US", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.DONE);
        var needed = idOf("US", NEXT_MONTH);
        assertThat(withdraw(needed)).isEqualTo(Withdrawal.NEEDED);

        billingFixture.clock.stopAt(Instant.parse("2026-10-31T22:59:59Z"));
        assertThat(billingFixture.in(rates::listed))
                .filteredOn(one -> one.id() == needed)
                .allMatch(TaxRateSettings.Listed::isComing);
        billingFixture.clock.stopAt(Instant.parse("2026-10-31T23:00:00Z"));
        assertThat(withdraw(needed)).isEqualTo(Withdrawal.STARTED);
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(
                        "update tax_rate set withdrawn_at = '2026-11-02T00:00Z', withdrawn_by = 'x' where id = ?",
                        needed)))
                .hasMessageContaining("tax_rate_started_ck");
        assertThatThrownBy(() -> billingFixture.in(
                        () -> billingFixture.sql.update("update tax_rate set percent = 8 where id = ?", needed)))
                .hasMessageContaining("never changes");
        assertThatThrownBy(() ->
                        billingFixture.in(() -> billingFixture.sql.update("delete from tax_rate where id = ?", needed)))
                .hasMessageContaining("cannot be changed");
    }

    private TaxRateSettings.Imported importTable(String... lines) {
        return billingFixture.in(() -> rates.importTable(String.join("\n", lines)));
    }

    private static List<String> faults(TaxRateSettings.Imported imported) {
        return imported.faults().stream()
                .map(fault -> fault.line() + " " + fault.fault())
                .toList();
    }

    @Test
    void importsATableAllOrNothingAndOnlyOnce() {
        var unused = new InvoicingFixture(billingFixture);
        var before = billingFixture.in(rates::all).size();
        var table = new String[] {
            "place;category;percent;from",
            "US-CA;STANDARD;7,25;2026-01-01",
            "CA-QC;;GST;5;2026-01-01",
            "CA-QC;;QST;9.975;2026-01-01",
            "CA;;5;2026-01-01"
        };
        var wrong = importTable(
                "US-CA;STANDARD;7.25;2026-01-01", "XX;STANDARD;1;2026-01-01", "US-NY;STANDARD;101;2026-01-01");
        assertThat(faults(wrong)).containsExactly("2 PLACE", "3 PERCENT");
        assertThat(wrong.written()).isZero();
        assertThat(billingFixture.in(rates::all)).hasSize(before);

        assertThat(importTable(table)).isEqualTo(new TaxRateSettings.Imported(3, 0, List.of()));
        assertThat(importTable(table)).isEqualTo(new TaxRateSettings.Imported(0, 3, List.of()));
        assertThat(billingFixture.in(rates::all))
                .hasSize(before + 3)
                .filteredOn(rate -> rate.place().equals("CA-QC"))
                .first()
                .satisfies(rate -> {
                    assertThat(rate.percent()).isEqualByComparingTo("14.975");
                    assertThat(rate.split().pieces()).hasSize(2);
                });
        assertThat(faults(importTable("US-CA,,8,2026-01-01"))).containsExactly("1 KNOWN");
        assertThat(faults(importTable("CA-QC;;GST;5;2026-01-01", "CA-QC;;QST;+9.975;2026-01-01")))
                .as("other components")
                .isNotEmpty();
        assertThat(fixture.register("US-CA", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.DONE);
        assertThat(fixture.register("US-NY", Scheme.DOMESTIC, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.COUNTRY);
        assertThat(fixture.register("US-CA", Scheme.OSS, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.SCHEME);
        assertThat(fixture.register("US-CA", Scheme.SMALL_BUSINESS, NEXT_MONTH)).isEqualTo(TaxSettings.Outcome.SCHEME);
    }

    /** While hours are charged, a rate of a place where nothing was taxed yet may begin on any day. */
    @Test
    void changesRatesOfTaxedPlacesFromANextMonth() {
        var invoicingFixture = new InvoicingFixture(billingFixture);
        assertThat(fixture.register("DE", Scheme.DOMESTIC, LocalDate.of(2026, 10, 1)))
                .isEqualTo(TaxSettings.Outcome.DONE);
        var wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        var unusedRented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOW);

        assertThat(faults(importTable("DE;STANDARD;16;2026-10-05"))).containsExactly("1 FROM");
        assertThat(importTable("DE;STANDARD;16;2026-11-01", "US-CA;STANDARD;7.25;2026-10-05"))
                .isEqualTo(new TaxRateSettings.Imported(2, 0, List.of()));
    }
}
