package io.tenantry.documents;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.LineTax;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An unpaid sample invoice for two servers of a fictitious customer; with tax if the seller has a tax number. Independent of the database. */
final class SampleInvoice {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final BigDecimal RATE = new BigDecimal("0.19");
    private static final BigDecimal PERCENT = new BigDecimal("19");

    private final DocumentTexts words;
    private final Currency currency;
    private final Instant now;
    private final DocumentTemplate documentTemplate;

    SampleInvoice(DocumentTexts words, Currency currency, Instant now, DocumentTemplate documentTemplate) {
        this.words = words;
        this.currency = currency;
        this.now = now;
        this.documentTemplate = documentTemplate;
    }

    InvoiceQuery.InvoiceDetails of(InvoiceSeller invoiceSeller) {
        var place = invoiceSeller.address().country();
        var isTaxed = !invoiceSeller.vatNumber().isEmpty();
        var taxedIn = isTaxed ? Optional.of(place) : Optional.<String>empty();
        var period = BillingPeriod.of(YearMonth.from(now.atZone(words.zone())).minusMonths(1), words.zone());
        var groups = List.of(
                group(line("web-1", "cx-2", period, "0.0119", taxedIn)),
                group(line("db-1", "cx-8", period, "0.0476", taxedIn)));
        var net = groups.stream().map(InvoiceQuery.Group::amount).reduce(Money.zero(currency), Money::plus);
        var tax = new Money(rounded(net.amount().multiply(isTaxed ? RATE : BigDecimal.ZERO)), currency);
        var total = new Money(rounded(net.plus(tax).amount()), currency);
        var invoiceBuyer = new InvoiceBuyer(
                new PostalAddress(
                        words.text("specimen.buyer"),
                        words.text("specimen.street"),
                        "12345",
                        words.text("specimen.town"),
                        place),
                "",
                "",
                "");
        var invoiceSummary = new DocumentList.InvoiceSummary(
                NOBODY,
                DocumentKind.INVOICE,
                words.text("specimen") + "-0001",
                "FINAL",
                NOBODY,
                invoiceBuyer.address().name(),
                period.month(),
                now,
                net,
                total,
                Money.zero(total.currency()),
                total,
                Optional.empty(),
                Optional.of(documentTemplate.dueOn(LocalDate.ofInstant(now, words.zone()))));
        return new InvoiceQuery.InvoiceDetails(
                Optional.of(invoiceSummary),
                NOBODY,
                period,
                Optional.of(invoiceSeller),
                invoiceBuyer,
                groups,
                net,
                tax,
                total.minus(net).minus(tax),
                total,
                isTaxed
                        ? List.of(new TaxSubtotal(TaxTreatment.TAXED, place, PERCENT, false, net, tax, tax))
                        : List.of(),
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    private static InvoiceQuery.Group group(Line line) {
        return new InvoiceQuery.Group(line.name(), List.of(line), line.amount());
    }

    private Line line(String name, String plan, BillingPeriod period, String hourly, Optional<String> taxedIn) {
        var hours =
                BigDecimal.valueOf(Duration.between(period.from(), period.to()).toHours());
        var price = new Money(new BigDecimal(hourly), currency);
        var amount = new Money(price.amount().multiply(hours), currency);
        return new Line(
                "SERVICE",
                "SERVICE",
                Optional.empty(),
                name,
                plan,
                period.from(),
                period.to(),
                hours,
                price,
                Money.zero(currency),
                amount,
                taxedIn.map(place -> new LineTax(
                        1,
                        TaxTreatment.TAXED,
                        place,
                        RATE,
                        false,
                        new Money(
                                amount.amount().multiply(RATE).setScale(Money.SCALE, RoundingMode.HALF_UP),
                                currency))));
    }

    private BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }
}
