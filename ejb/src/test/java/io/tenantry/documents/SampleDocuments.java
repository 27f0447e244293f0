package io.tenantry.documents;

import io.tenantry.billing.invoicing.BillingPeriod;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Issued documents, without a database. */
final class SampleDocuments {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final InvoiceSeller SELLER = new InvoiceSeller(
            new PostalAddress("Aurora Cloud GmbH", "Lichtstraße 21", "10245", "Berlin", "DE"),
            "DE136695976",
            "37/123/45678",
            "Amtsgericht Charlottenburg, HRB 123456",
            "rechnung@aurora.example",
            "+49 30 5550100",
            "Musterbank Berlin",
            "DE89 3704 0044 0532 0130 00",
            "COBADEFF",
            "Der Betrag wird mit Ihrem Guthaben verrechnet.");

    static final LocalDate DUE = LocalDate.of(2026, 11, 18);

    private static final Instant ISSUED = Instant.parse("2026-11-04T06:00:00.123456Z");
    private static final UUID ORGANIZATION = UUID.fromString("0192b1f0-0000-7000-8000-000000000001");
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final BillingPeriod OCTOBER = BillingPeriod.of(YearMonth.of(2026, 10), BERLIN);
    private static final InvoiceBuyer BUYER = new InvoiceBuyer(
            new PostalAddress("Nordwind Logistik GmbH & Co. <KG>", "Kai 3", "20457", "Hamburg", "DE"),
            "DE888888885",
            "invoices@nordwind.example",
            "PO 17");

    private SampleDocuments() {}

    /** One way of being taxed. */
    record Taxed(TaxTreatment treatment, String percent, boolean isIncluded) {
        BigDecimal rate() {
            return new BigDecimal(percent).movePointLeft(2);
        }
    }

    static final Taxed DOMESTIC = new Taxed(TaxTreatment.TAXED, "19", false);
    static final Taxed GROSS = new Taxed(TaxTreatment.TAXED, "19", true);
    static final Taxed REVERSE = new Taxed(TaxTreatment.REVERSE_CHARGE, "0", false);

    /** Returns an invoice of servers, a refund and a month that reached its cap. */
    static InvoiceDetails invoice(Taxed taxed, int servers) {
        var groups = new ArrayList<Group>();
        for (var number = 1; number <= servers; number++) {
            var name = "web-" + number;
            groups.add(group(
                    name,
                    line("SERVICE", name, "cx-2", "744", "0.0119", "8.00", taxed),
                    line("ADDON", name, "BACKUP", "100", "0.00238", "0.238", taxed)));
        }
        groups.add(group("", line("OUTAGE_CREDIT", "", "Outage on 3 October", "1", "-0.505", "-0.505", taxed)));
        return details(
                summary(DocumentKind.INVOICE, "INV-2026-000042", Optional.of(ISSUED), Optional.empty(), groups, taxed),
                groups,
                taxed,
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    /** Returns an invoice of one server that was rented from the first instant until the last. */
    static InvoiceDetails rented(Instant from, Instant to) {
        var whole = line("SERVICE", "web-1", "cx-2", "516", "0.01", "5.16", DOMESTIC);
        var groups = List.of(group(
                "web-1",
                new Line(
                        whole.kind(),
                        whole.of(),
                        whole.subjectId(),
                        whole.name(),
                        whole.what(),
                        from,
                        to,
                        whole.quantity(),
                        whole.unitPrice(),
                        whole.surcharge(),
                        whole.amount(),
                        whole.tax())));
        return details(
                summary(
                        DocumentKind.INVOICE,
                        "INV-2026-000044",
                        Optional.of(ISSUED),
                        Optional.empty(),
                        groups,
                        DOMESTIC),
                groups,
                DOMESTIC,
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    /** Returns a document whose full amount is unpaid. */
    static InvoiceDetails unpaid() {
        return unpaid(Optional.of(DUE));
    }

    /** @param dueOn empty if it was issued before payment terms existed */
    static InvoiceDetails unpaid(Optional<LocalDate> dueOn) {
        var groups = List.of(group("web-1", line("SERVICE", "web-1", "cx-2", "744", "0.0119", "8.00", DOMESTIC)));
        return details(
                summary(DocumentKind.INVOICE, "INV-2026-000043", Optional.empty(), dueOn, groups, DOMESTIC),
                groups,
                DOMESTIC,
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    /** Returns a document of which the balance paid that part when it was issued. */
    static InvoiceDetails partlyPrepaid(String prepaid) {
        var groups = List.of(group("web-1", line("SERVICE", "web-1", "cx-2", "744", "0.0119", "8.00", DOMESTIC)));
        return details(
                summary(
                        DocumentKind.INVOICE,
                        "INV-2026-000045",
                        Money.of(prepaid, "EUR"),
                        Optional.of(DUE),
                        groups,
                        DOMESTIC),
                groups,
                DOMESTIC,
                new InvoiceReferences(Optional.empty(), "", List.of(), Optional.empty()));
    }

    static InvoiceDetails creditNote() {
        var groups = List.of(group("web-1", line("CREDITED", "web-1", "cx-2", "1", "-3.5", "-3.5", DOMESTIC)));
        return details(
                summary(
                        DocumentKind.CREDIT_NOTE,
                        "CN-2026-000001",
                        Optional.of(ISSUED),
                        Optional.empty(),
                        groups,
                        DOMESTIC),
                groups,
                DOMESTIC,
                new InvoiceReferences(
                        Optional.of(new InvoiceReferences.Reference(ORGANIZATION, "INV-2026-000042")),
                        "Was down",
                        List.of(),
                        Optional.empty()));
    }

    private static Group group(String name, Line... lines) {
        var sum = List.of(lines).stream().map(Line::amount).reduce(Money.zero(EURO), Money::plus);
        return new Group(name, List.of(lines), sum);
    }

    private static Line line(
            String kind, String name, String what, String quantity, String price, String amount, Taxed taxed) {
        var isHours = kind.equals("SERVICE") || kind.equals("ADDON");
        var paid = new BigDecimal(amount);
        var tax = taxed.isIncluded()
                ? paid.subtract(paid.divide(BigDecimal.ONE.add(taxed.rate()), Money.SCALE, RoundingMode.HALF_UP))
                : paid.multiply(taxed.rate()).setScale(Money.SCALE, RoundingMode.HALF_UP);
        return new Line(
                kind,
                kind.equals("CREDITED") ? "SERVICE" : kind,
                name.isEmpty()
                        ? Optional.empty()
                        : Optional.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
                name,
                what,
                isHours ? OCTOBER.from() : Instant.parse("2026-10-03T10:15:00Z"),
                isHours ? OCTOBER.to() : Instant.parse("2026-10-03T10:15:00Z"),
                new BigDecimal(quantity),
                Money.of(price, "EUR"),
                Money.zero(EURO),
                Money.of(amount, "EUR"),
                Optional.of(new LineTax(
                        1, taxed.treatment(), "DE", taxed.rate(), taxed.isIncluded(), new Money(tax, EURO))));
    }

    private static Money net(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.lines().stream())
                .map(Line::net)
                .reduce(Money.zero(EURO), Money::plus);
    }

    private static Money tax(List<Group> groups, Taxed taxed) {
        return new Money(net(groups).amount().multiply(taxed.rate()).setScale(2, RoundingMode.HALF_UP), EURO);
    }

    private static Money total(List<Group> groups, Taxed taxed) {
        return new Money(net(groups).plus(tax(groups, taxed)).amount().setScale(2, RoundingMode.HALF_UP), EURO);
    }

    private static InvoiceSummary summary(
            DocumentKind kind,
            String number,
            Optional<Instant> paidAt,
            Optional<LocalDate> dueOn,
            List<Group> groups,
            Taxed taxed) {
        return summary(
                kind, number, paidAt.isPresent() ? total(groups, taxed) : Money.zero(EURO), dueOn, groups, taxed);
    }

    private static InvoiceSummary summary(
            DocumentKind kind,
            String number,
            Money prepaid,
            Optional<LocalDate> dueOn,
            List<Group> groups,
            Taxed taxed) {
        var total = total(groups, taxed);
        var isPaid = prepaid.equals(total);
        return new InvoiceSummary(
                UUID.fromString("0192b1f0-0000-7000-8000-000000000042"),
                kind,
                number,
                isPaid ? "PAID" : "FINAL",
                ORGANIZATION,
                BUYER.address().name(),
                YearMonth.of(2026, 10),
                ISSUED,
                net(groups),
                total,
                prepaid,
                total.minus(prepaid),
                isPaid ? Optional.of(ISSUED) : Optional.empty(),
                dueOn);
    }

    private static InvoiceDetails details(
            InvoiceSummary invoiceSummary, List<Group> groups, Taxed taxed, InvoiceReferences invoiceReferences) {
        var net = net(groups);
        var tax = tax(groups, taxed);
        return new InvoiceDetails(
                Optional.of(invoiceSummary),
                ORGANIZATION,
                OCTOBER,
                Optional.of(SELLER),
                BUYER,
                groups,
                net,
                tax,
                invoiceSummary.total().minus(net).minus(tax),
                invoiceSummary.total(),
                List.of(new TaxSubtotal(
                        taxed.treatment(), "DE", new BigDecimal(taxed.percent()), taxed.isIncluded(), net, tax, tax)),
                invoiceReferences);
    }
}
