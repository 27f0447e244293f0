package io.tenantry.documents;

import static io.tenantry.documents.HtmlElements.bold;
import static io.tenantry.documents.HtmlElements.broken;
import static io.tenantry.documents.HtmlElements.cell;
import static io.tenantry.documents.HtmlElements.element;
import static io.tenantry.documents.HtmlElements.escaped;
import static io.tenantry.documents.HtmlElements.row;
import static io.tenantry.documents.HtmlElements.side;

import io.tenantry.billing.invoicing.AccountStatements;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.brand.Brand;
import io.tenantry.documents.DocumentTemplate.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a document as an HTML page in the brand's look, for printing: parties, amounts and items. Independent of the database. */
final class DocumentHtml {
    private static final String BODY = "<body>";

    private final Letterhead letterhead;
    private final Brand brand;
    private final DocumentTexts words;
    private final InvoiceTable table;

    DocumentHtml(Letterhead letterhead, DocumentTexts words) {
        this.letterhead = letterhead;
        this.brand = letterhead.brand();
        this.words = words;
        table = new InvoiceTable(words);
    }

    /** Returns the page of a document. */
    String of(DocumentList.InvoiceSummary invoiceSummary, InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("number", invoiceSummary.number());
        facts.put("issued", words.day(invoiceSummary.issuedAt()));
        return page(
                title(invoiceSummary),
                words.kind(invoiceSummary.kind()),
                facts,
                words.status(invoiceSummary, EInvoiceMapper.isSettled(invoiceSummary)),
                EInvoiceMapper.isToBePaid(invoiceSummary) ? ownText(Part.PAYMENT) : "",
                invoiceSeller,
                invoiceDetails);
    }

    /** Returns the page of a specimen, which was never issued and shows how documents look. A note across the page states that. */
    String specimen(
            DocumentList.InvoiceSummary invoiceSummary, InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        return of(invoiceSummary, invoiceSeller, invoiceDetails)
                .replace(BODY, BODY + element("div", "specimen", escaped(words.text("specimen"))));
    }

    /** Returns the page of a proforma. Its first line states that it is not an invoice. */
    String proforma(InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails, Instant madeAt) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("as-of", words.day(madeAt));
        return page(
                proformaTitle(invoiceDetails),
                words.text("proforma"),
                facts,
                words.text("status.proforma"),
                "",
                invoiceSeller,
                invoiceDetails);
    }

    private String page(
            String title,
            String kind,
            Map<String, String> facts,
            String status,
            String payment,
            InvoiceSeller invoiceSeller,
            InvoiceDetails invoiceDetails) {
        var isOwn = invoiceDetails.corrections().corrects().isEmpty();
        var body = foot(invoiceSeller)
                + head(kind)
                + facts(of(facts, invoiceDetails))
                + parties(invoiceSeller, invoiceDetails.buyer())
                + amount(status, invoiceDetails)
                + (isOwn ? ownText("introduction", ownText(Part.INTRODUCTION)) : "")
                + table.lines(invoiceDetails)
                + table.sums(invoiceDetails)
                + words(payment, invoiceSeller, invoiceDetails)
                + (isOwn ? ownText("closing", ownText(Part.CLOSING)) : "")
                + ownText("legal", ownText(Part.LEGAL));
        return whole(title, body);
    }

    /**
     * Returns a statement of account.
     *
     * @param span its formatted period
     * @param last the last day of the period
     */
    String statement(
            InvoiceSeller invoiceSeller,
            InvoiceBuyer invoiceBuyer,
            AccountStatements.Account account,
            String span,
            String last,
            Instant madeAt) {
        var facts = new LinkedHashMap<String, String>();
        facts.put("period", span);
        facts.put("as-of", words.day(madeAt));
        var rows = new StringBuilder();
        for (var movement : account.movements()) {
            rows.append(row(
                    rows.isEmpty() ? "first" : "",
                    cell("", escaped(words.text("account.what." + movement.what()))),
                    cell("end", escaped(words.number(BigDecimal.valueOf(movement.entries())))),
                    cell("end", escaped(words.nearly(movement.amount())))));
        }
        var heads = "<tr>" + InvoiceTable.headCell(words, "what", "account.movement")
                + InvoiceTable.headCell(words, "end", "account.entries") + InvoiceTable.headCell(words, "end", "amount")
                + "</tr>";
        var moved = rows.isEmpty()
                ? element("p", "reason", escaped(words.text("account.none")))
                : element("table", "lines", element("thead", "", heads) + element("tbody", "", rows.toString()));
        var sums = element(
                "div",
                "sums",
                element(
                        "table",
                        "",
                        InvoiceTable.sum("", words.text("account.before"), words.money(account.before()))
                                + InvoiceTable.sum(
                                        "total", words.text("account.after"), words.money(account.after()))));
        return whole(
                statementTitle(span),
                foot(invoiceSeller)
                        + head(words.text("account"))
                        + facts(facts)
                        + parties(invoiceSeller, invoiceBuyer)
                        + element(
                                "p",
                                "amount",
                                bold(words.money(account.after()))
                                        + element("span", "", escaped(words.text("account.on", last))))
                        + moved
                        + sums
                        + documents(account.documents())
                        + element(
                                "div",
                                "words",
                                element(
                                        "p",
                                        "",
                                        escaped(words.text("zone", words.zone().getId())))));
    }

    /** Returns the title of a statement of account. */
    String statementTitle(String span) {
        return words.text("account") + " " + span;
    }

    /** Returns the documents issued within its period. */
    private String documents(List<DocumentList.InvoiceSummary> documents) {
        if (documents.isEmpty()) {
            return "";
        }
        var heads = "<tr>" + InvoiceTable.headCell(words, "what", "account.documents")
                + InvoiceTable.headCell(words, "end", "issued") + InvoiceTable.headCell(words, "end", "account.due")
                + InvoiceTable.headCell(words, "end", "total") + "</tr>";
        var rows = new StringBuilder();
        for (var one : documents) {
            rows.append(row(
                    rows.isEmpty() ? "first" : "",
                    cell("", escaped(title(one))),
                    cell("end", escaped(words.day(one.issuedAt()))),
                    cell("end", escaped(one.dueOn().map(words::day).orElse(""))),
                    cell("end", escaped(words.money(one.total())))));
        }
        return element("table", "lines", element("thead", "", heads) + element("tbody", "", rows.toString()));
    }

    private String whole(String title, String body) {
        return "<html lang=\"" + escaped(words.locale().toLanguageTag()) + "\">"
                + element(
                        "head",
                        "",
                        element("title", "", escaped(title))
                                + "<meta name=\"subject\" content=\"" + escaped(title) + "\"/>"
                                + element(
                                        "style",
                                        "",
                                        DocumentSheet.of(letterhead, words.text("page"), ownText(Part.FOOTER))))
                + BODY
                + body
                + "</body>"
                + "</html>";
    }

    /** Returns the title of the document. */
    String title(DocumentList.InvoiceSummary invoiceSummary) {
        return words.kind(invoiceSummary.kind()) + " " + invoiceSummary.number();
    }

    /** Returns the title of a proforma, which contains its period. */
    String proformaTitle(InvoiceDetails invoiceDetails) {
        return words.kind(DocumentKind.PROFORMA) + " " + words.days(invoiceDetails.period());
    }

    private String ownText(Part part) {
        return letterhead.documentTemplate().text(words.locale(), part);
    }

    /** Returns the reseller's text, line by line. */
    private static String ownText(String kind, String text) {
        return text.isEmpty() ? "" : element("p", (kind + " said" + side(text)).strip(), broken(text));
    }

    private String head(String kind) {
        var name = escaped(brand.name());
        var mark = letterhead
                .logo()
                .map(picture -> "<img alt=\"" + name + "\"" + (picture.isIcon() ? " class=\"icon\"" : "")
                        + " src=\"data:" + picture.mediaType() + ";base64," + picture.base64() + "\"/>"
                        + (picture.isIcon() ? " " + name : ""))
                .orElse(name);
        return element("table", "head", row("", cell("", element("h1", "", escaped(kind))), cell("end", mark)))
                + element("div", "bar", "");
    }

    /** Returns the parameters including those of the document. */
    private Map<String, String> of(Map<String, String> first, InvoiceDetails invoiceDetails) {
        var facts = new LinkedHashMap<>(first);
        facts.put("period", words.days(invoiceDetails.period()));
        invoiceDetails
                .corrections()
                .corrects()
                .map(InvoiceReferences.Reference::number)
                .ifPresent(number -> facts.put("of", number));
        if (!invoiceDetails.buyer().reference().isEmpty()) {
            facts.put("reference", invoiceDetails.buyer().reference());
        }
        return facts;
    }

    private String facts(Map<String, String> facts) {
        var cells = facts.entrySet().stream()
                .map(fact ->
                        cell("", element("div", "label", escaped(words.text(fact.getKey()))) + bold(fact.getValue())))
                .collect(Collectors.joining());
        return element("table", "facts", element("tr", "", cells));
    }

    private String parties(InvoiceSeller invoiceSeller, InvoiceBuyer invoiceBuyer) {
        return element(
                "table",
                "parties",
                row(
                        "",
                        cell(
                                "",
                                party(
                                        "seller",
                                        invoiceSeller.address().name(),
                                        words.lines(invoiceSeller.address()),
                                        invoiceSeller.email(),
                                        invoiceSeller.vatNumber())),
                        cell(
                                "",
                                party(
                                        "buyer",
                                        invoiceBuyer.address().name(),
                                        words.lines(invoiceBuyer.address(), invoiceBuyer.region()),
                                        invoiceBuyer.email(),
                                        invoiceBuyer.vatNumber()))));
    }

    private String party(String what, String name, List<String> address, String email, String vatNumber) {
        var vat = vatNumber.isEmpty() ? "" : words.text("vat-number", vatNumber);
        return element("div", "label", escaped(words.text(what)))
                + element("div", "", bold(name))
                + Stream.concat(address.stream(), Stream.of(email, vat))
                        .filter(line -> !line.isEmpty())
                        .map(line -> element("div", "", escaped(line)))
                        .collect(Collectors.joining());
    }

    private String amount(String status, InvoiceDetails invoiceDetails) {
        var reason = invoiceDetails.corrections().reason();
        return element("p", "amount", bold(words.money(invoiceDetails.total())) + element("span", "", escaped(status)))
                + (reason.isEmpty() ? "" : element("p", "reason", escaped(reason)));
    }

    private String words(String payment, InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        var isRounded = invoiceDetails.rounding().amount().signum() != 0;
        var texts = Stream.of(
                        Stream.of(
                                invoiceDetails.isMixed()
                                        ? words.text("gross.some")
                                        : invoiceDetails.isGross() ? words.text("gross") : ""),
                        invoiceDetails.rate().stream().map(words::rate),
                        invoiceDetails.taxes().stream()
                                .filter(part -> part.treatment().isWorded())
                                .map(part -> words.why(part.treatment()))
                                .distinct(),
                        invoiceSeller
                                .note()
                                .lines()
                                .filter(line ->
                                        invoiceDetails.corrections().corrects().isEmpty()),
                        Stream.of(words.text("zone", words.zone().getId())
                                + (isRounded ? " " + words.text("exactly", words.exactly(invoiceDetails.net())) : "")))
                .flatMap(some -> some)
                .filter(text -> !text.isBlank())
                .map(text -> element("p", side(text).strip(), escaped(text)))
                .collect(Collectors.joining());
        return element("div", "words", ownText("payment", payment) + texts);
    }

    private String foot(InvoiceSeller invoiceSeller) {
        var account = Stream.of(invoiceSeller.bank(), DocumentTexts.grouped(invoiceSeller.iban()), invoiceSeller.bic())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        var tax = invoiceSeller.taxNumber().isEmpty() ? "" : words.text("tax-number", invoiceSeller.taxNumber());
        var foot = Stream.of(
                        invoiceSeller.address().name(), invoiceSeller.register(), tax, invoiceSeller.phone(), account)
                .filter(text -> !text.isEmpty())
                .map(HtmlElements::escaped)
                .collect(Collectors.joining(" · "));
        var own = ownText(Part.FOOTER);
        return element("div", "foot", foot + (own.isEmpty() ? "" : element("p", "", broken(own))));
    }
}
