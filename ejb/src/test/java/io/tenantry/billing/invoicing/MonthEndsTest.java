package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Time zone data of Java and PostgreSQL are updated independently: a month that ends at other times for charges and for documents is still
 * invoiced as one. 7.30 a month is 0.01 an hour.
 */
class MonthEndsTest {
    @ParameterizedTest
    @ValueSource(longs = {-2, -1, 1, 2})
    void aMonthThatEndsElsewhereInPostgresIsInvoicedOnItsOwnDocument(long hours) {
        var billing = new BillingFixture("month-end" + hours, "EUR", "Europe/Berlin");
        var invoicing = new InvoicingFixture(billing);
        billing.moveMonthEnds(hours + " hours");
        billing.clock.stopAt(RENTED);
        var wallet = invoicing.wallet("100");
        billing.rent(wallet, billing.price("7.30"), RENTED);

        billing.clock.stopAt(IN_NOVEMBER);
        billing.charge(IN_NOVEMBER);
        invoicing.issue(wallet, OCTOBER);
        billing.clock.stopAt(IN_DECEMBER);
        billing.charge(IN_DECEMBER);
        invoicing.issue(wallet, NOVEMBER);

        var october = Duration.between(RENTED, OCTOBER.to().plus(Duration.ofHours(hours)))
                        .toHours()
                + 1;
        assertThat(invoicing.documents(wallet))
                .extracting(document -> document.lines() + " "
                        + document.net().stripTrailingZeros().toPlainString())
                .containsExactly("1 " + october / 100 + "." + october % 100, "1 7.2");
        assertThat(billing.faults()).isEmpty();
        assertThat(AuditorFixture.found(billing.tenant, "invoice")).isEmpty();
    }
}
