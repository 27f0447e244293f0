package io.tenantry.web.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Messages;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page of a document asks for what is still to be paid, and for nothing else. */
class InvoiceLabelsTest {
    private static final Instant ISSUED = Instant.parse("2026-11-04T00:00:00Z");
    private static final LocalDate DUE = LocalDate.of(2026, 11, 18);

    @Test
    void asksForTheWholeTotalIfNothingIsPaid() {
        assertThat(status("0", "5.15", Optional.of(DUE)))
                .isEqualTo("due 2026-11-18; paid from the balance once it is sufficient");
    }

    @Test
    void asksOnlyForWhatTheBalanceDidNotPay() {
        assertThat(status("3", "2.15", Optional.of(DUE)))
                .isEqualTo("3.00 EUR paid or credited, 2.15 EUR due 2026-11-18; paid from the balance once it is"
                        + " sufficient");
        assertThat(status("3", "2.15", Optional.of(DUE.minusMonths(1)))).contains("2.15 EUR was due 2026-10-18");
    }

    @Test
    void aDocumentOpenedAgainHasNoDueDate() {
        var invoiceSummary = summary("5.15", "1", Optional.empty());

        assertThat(invoiceSummary.paidLater()).isEqualTo(Money.of("-1", "EUR"));
        assertThat(invoiceSummary.isOverdue(DUE.plusYears(1))).isFalse();
        assertThat(status("5.15", "1", Optional.empty()))
                .isEqualTo("4.15 EUR paid or credited, 1.00 EUR open until the balance is sufficient");
    }

    @Test
    void laterPaymentsArePartOfWhatIsPaid() {
        var invoiceSummary = summary("3", "0.15", Optional.of(DUE));

        assertThat(invoiceSummary.dueAtIssue()).isEqualTo(Money.of("2.15", "EUR"));
        assertThat(invoiceSummary.paidLater()).isEqualTo(Money.of("2", "EUR"));
        assertThat(invoiceSummary.amountPaid()).isEqualTo(Money.of("5", "EUR"));
    }

    private static String status(String prepaid, String open, Optional<LocalDate> dueOn) {
        var labels = new InvoiceLabels();
        labels.format = new Texts();
        labels.list = new Today();
        return labels.status(details(summary(prepaid, open, dueOn)));
    }

    private static InvoiceSummary summary(String prepaid, String open, Optional<LocalDate> dueOn) {
        var total = Money.of("5.15", "EUR");
        return new InvoiceSummary(
                UUID.randomUUID(),
                DocumentKind.INVOICE,
                "INV-2026-000001",
                "FINAL",
                UUID.randomUUID(),
                "Kiosk",
                YearMonth.of(2026, 10),
                ISSUED,
                total,
                total,
                Money.of(prepaid, "EUR"),
                Money.of(open, "EUR"),
                Optional.empty(),
                dueOn);
    }

    private static InvoiceDetails details(InvoiceSummary invoiceSummary) {
        var nothing = Money.of("0", "EUR");
        return new InvoiceDetails(
                Optional.of(invoiceSummary),
                invoiceSummary.organizationId(),
                BillingPeriod.of(invoiceSummary.month(), ZoneOffset.UTC),
                Optional.empty(),
                new InvoiceBuyer(new PostalAddress("Kiosk", "", "", "", "DE"), "", "", ""),
                List.of(),
                invoiceSummary.total(),
                nothing,
                nothing,
                invoiceSummary.total(),
                List.of(),
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    private static final class Today extends DocumentList {
        @Override
        public LocalDate today() {
            return DUE;
        }
    }

    private static final class Texts extends Format {
        @Override
        public String text(String key, Object fact) {
            return new Messages(Locale.ENGLISH).text(key, fact);
        }

        @Override
        public String text(String key, Object one, Object two, Object three) {
            return new Messages(Locale.ENGLISH).text(key, one, two, three);
        }

        @Override
        public String money(Money money) {
            return money.amount().setScale(2) + " " + money.currency();
        }

        @Override
        public String date(Object value, String style) {
            return value.toString();
        }
    }
}
