package io.tenantry.billing.bank;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Document numbers are found in text regardless of spacing, but not within longer numbers. */
class DocumentNumbersTest {
    private static BillingFixture billingFixture;
    private static UUID customer;
    private static String number;

    @BeforeAll
    static void prepare() {
        billingFixture = new BillingFixture("numbered", "EUR", "Europe/Berlin");
        var invoicingFixture = new InvoicingFixture(billingFixture);
        var wallet = billingFixture.wallet("0");
        invoicingFixture.name(wallet);
        billingFixture.clock.stopAt(Instant.parse("2026-10-10T12:20:00Z"));
        billingFixture.rent(wallet, billingFixture.price("7.30"), billingFixture.clock.instant());
        billingFixture.charge(Instant.parse("2026-11-04T00:00:00Z"));
        billingFixture.clock.stopAt(Instant.parse("2026-11-10T12:00:00Z"));
        assertThat(invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER).documents())
                .isEqualTo(1);
        customer = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        number = billingFixture.in(
                () -> billingFixture.sql.one("select number_text from invoice", row -> row.text("number_text")));
    }

    @Test
    void findsANumberWithAnySpacing() {
        for (var words : List.of(
                number,
                "for " + number.toLowerCase(Locale.ROOT) + ", thanks",
                "X" + number + "X",
                number.replace("", " "),
                number + " 7",
                number + number,
                "7 " + number + "/2")) {
            assertThat(found(words)).as(words).isEqualTo(Map.of(0, Set.of(customer)));
        }
    }

    @Test
    void ignoresPartsOfLongerNumbers() {
        for (var words : List.of(
                "",
                " ",
                number + "7",
                number.replace("", " ").strip() + "7",
                number.substring(0, number.length() - 1),
                number.substring(number.lastIndexOf('-')),
                "INV-",
                number.replace('-', '.'))) {
            assertThat(found(words)).as(words).isEmpty();
        }
    }

    private static Map<Integer, Set<UUID>> found(String words) {
        var amount = new Money(BigDecimal.ONE, Currency.getInstance("EUR"));
        var payment = new Payment(UUID.randomUUID(), LocalDate.parse("2026-11-09"), amount, "", "", words);
        return billingFixture.in(() -> DocumentNumbers.customers(billingFixture.sql, List.of(payment)));
    }
}
