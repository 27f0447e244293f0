package io.tenantry.paper;

import io.tenantry.einvoice.EInvoice;
import io.tenantry.einvoice.EInvoice.Kind;
import io.tenantry.einvoice.EInvoice.Party;
import io.tenantry.einvoice.EInvoice.Payment;
import io.tenantry.einvoice.EInvoice.Span;
import io.tenantry.einvoice.EInvoice.Tax;
import io.tenantry.einvoice.EInvoice.Told;
import io.tenantry.einvoice.EInvoice.Unit;
import io.tenantry.einvoice.EInvoice.Way;
import io.tenantry.invoicing.Buyer;
import io.tenantry.invoicing.Corrections;
import io.tenantry.invoicing.DocumentKind;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Documents.Group;
import io.tenantry.invoicing.Documents.Paper;
import io.tenantry.invoicing.Invoicing.Line;
import io.tenantry.invoicing.LineTax;
import io.tenantry.invoicing.Seller;
import io.tenantry.money.Money;
import io.tenantry.paper.Template.Part;
import io.tenantry.tax.Treatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a document that was issued says as an e-invoice. Pure. */
final class PaperInvoice {
    /** Of what bears no word of tax, because the reseller collected none when it was charged. */
    private static final Way UNTAXED = new Way(Treatment.NOT_REGISTERED, BigDecimal.ZERO);

    private final PaperWords words;
    private final Template template;

    PaperInvoice(PaperWords words, Template template) {
        this.words = words;
        this.template = template;
    }

    /** An invoice, a credit note or a debit note. */
    EInvoice of(DocumentList.Head head, Seller seller, Paper paper) {
        var lines = lines(paper);
        var month =
                new Span(paper.period().month().atDay(1), paper.period().month().atEndOfMonth());
        return new EInvoice(
                kind(head.kind()),
                head.number(),
                head.issuedAt().atZone(words.zone()).toLocalDate(),
                lines.stream().map(EInvoice.Line::days).reduce(month, Span::with),
                seller(seller),
                buyer(head, paper.buyer()),
                paper.buyer().reference(),
                paper.corrections().corrects().map(Corrections.Reference::number),
                notes(seller, paper),
                new Payment(isSettled(head), terms(head), head.dueOn(), seller.iban(), seller.bic()),
                paper.total().currency(),
                lines,
                taxes(paper),
                paper.total().amount(),
                paper.rate()
                        .filter(rate -> !paper.tax().isZero())
                        .map(rate ->
                                new Told(rate.home(), rate.coins(paper.tax()).amount())));
    }

    private static Kind kind(DocumentKind kind) {
        return switch (kind) {
            case INVOICE -> Kind.INVOICE;
            case CREDIT_NOTE -> Kind.CREDIT_NOTE;
            case DEBIT_NOTE -> Kind.DEBIT_NOTE;
            case PROFORMA -> throw new IllegalArgumentException("a proforma is no e-invoice");
        };
    }

    /** Whether nothing was left to be paid when it was issued. What is paid later changes no document. */
    static boolean isSettled(DocumentList.Head head) {
        return head.paidAt().filter(head.issuedAt()::equals).isPresent();
    }

    private static Party seller(Seller seller) {
        var at = seller.address();
        return new Party(
                "",
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                seller.vatNumber(),
                seller.taxNumber(),
                seller.register(),
                seller.phone(),
                seller.email());
    }

    private static Party buyer(DocumentList.Head head, Buyer buyer) {
        var at = buyer.address();
        return new Party(
                head.organizationId().toString(),
                at.name(),
                at.street(),
                at.postcode(),
                at.city(),
                at.country(),
                buyer.vatNumber(),
                "",
                "",
                "",
                buyer.email());
    }

    /** Whether something is left to be paid of a document. */
    static boolean isToBePaid(DocumentList.Head head) {
        return head.kind() != DocumentKind.CREDIT_NOTE && !isSettled(head);
    }

    /** In one line: a line of its own that begins with a number sign would be a discount for XRechnung. */
    private String terms(DocumentList.Head head) {
        var standing = words.standing(head, isSettled(head));
        var said = isToBePaid(head) ? template.text(words.locale(), Part.PAYMENT) : "";
        return said.isEmpty() ? standing : standing + ". " + said.replaceAll("\\s+", " ");
    }

    /** All that the paper says in words, but for what is on each page of it. */
    private List<String> notes(Seller seller, Paper paper) {
        var legal = template.text(words.locale(), Part.LEGAL);
        return paper.corrections().corrects().isPresent()
                ? List.of(paper.corrections().reason(), legal)
                : List.of(
                        template.text(words.locale(), Part.INTRODUCTION),
                        seller.note(),
                        template.text(words.locale(), Part.CLOSING),
                        legal);
    }

    private List<EInvoice.Line> lines(Paper paper) {
        var lines = new ArrayList<EInvoice.Line>();
        for (var group : paper.groups()) {
            for (var line : group.lines()) {
                lines.add(line(lines.size() + 1, group, line));
            }
        }
        return lines;
    }

    private EInvoice.Line line(int position, Group group, Line line) {
        return new EInvoice.Line(
                position,
                words.name(group, line),
                Stream.of(words.span(line), words.note(line), words.late(line))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")),
                new Span(day(line.from()), day(lastOf(line))),
                line.quantity(),
                PaperWords.isHours(line) ? Unit.HOUR : Unit.ITEM,
                price(line),
                line.net().amount(),
                line.tax().map(PaperInvoice::way).orElse(UNTAXED));
    }

    /** Of what ends at midnight the last day is the one before. */
    private static Instant lastOf(Line line) {
        return line.to().equals(line.from()) ? line.to() : line.to().minusNanos(1);
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(words.zone()).toLocalDate();
    }

    private static BigDecimal price(Line line) {
        var price = line.unitPrice().amount();
        return line.tax()
                .filter(LineTax::isIncluded)
                .map(bears -> price.divide(BigDecimal.ONE.add(bears.rate()), Money.SCALE, RoundingMode.HALF_UP))
                .orElse(price);
    }

    private static Way way(LineTax bears) {
        return new Way(bears.treatment(), bears.percent());
    }

    private List<Tax> taxes(Paper paper) {
        var taxes = new ArrayList<Tax>();
        for (var part : paper.taxes()) {
            taxes.add(new Tax(
                    new Way(part.treatment(), part.percent()), part.tax().amount(), words.why(part.treatment())));
        }
        var isUntaxed = paper.groups().stream()
                .flatMap(group -> group.lines().stream())
                .anyMatch(line -> line.tax().isEmpty());
        if (isUntaxed) {
            taxes.add(new Tax(UNTAXED, BigDecimal.ZERO, words.why(UNTAXED.treatment())));
        }
        return taxes;
    }
}
