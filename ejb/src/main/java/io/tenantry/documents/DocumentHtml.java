package io.tenantry.documents;

import io.tenantry.billing.invoicing.AccountStatements;
import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.brand.Brand;
import io.tenantry.brand.Palette;
import io.tenantry.documents.DocumentTemplate.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a document as an HTML page in the brand's look, for printing: parties, amounts and items. Independent of the database. */
final class DocumentHtml {
    private static final String BODY = "<body>";

    private static final String SHEET = """
            @page {
              size: A4; margin: 18mm 18mm {bottom} 18mm;
              @bottom-left { content: element(foot); width: 84%; vertical-align: top }
              @bottom-right {
                content: "{page} " counter(page) " / " counter(pages); width: 16%; vertical-align: top; text-align: right;
                padding-top: 4mm; font: 7.5pt Document; color: {text3};
              }
            }
            body { font: 9pt/1.45 Document; color: {text}; margin: 0; word-wrap: break-word }
            p, h1, h2, table { margin: 0 }
            table { width: 100%; border-collapse: collapse }
            th, td { padding: 0; text-align: left; vertical-align: top; font-weight: normal }
            .end { text-align: right; padding-left: 4mm; white-space: nowrap }
            .quiet, small { color: {text3} }
            small { display: block; font-size: 7.5pt }
            b { font-weight: bold }
            .head td { vertical-align: middle; padding-bottom: 5mm }
            .head h1 { font-size: 21pt; line-height: 1.1; font-weight: bold }
            .head .end { padding-left: 10mm; color: {brand}; font-size: 13pt; font-weight: bold }
            .head img { max-height: 15mm; max-width: 60mm }
            .head .icon { height: 9mm; vertical-align: middle; margin-right: 2mm }
            .bar { border-top: 0.6mm solid {brand}; margin-bottom: 6mm }
            .facts td, .parties td { padding-right: 6mm }
            .facts { margin-bottom: 7mm }
            .parties { margin-bottom: 8mm }
            .parties td { width: 50% }
            .label { color: {text3}; font-size: 7.5pt }
            .amount { margin-bottom: 7mm }
            .amount b { font-size: 17pt; padding-right: 3mm }
            .amount span { color: {text2} }
            .reason, .introduction { margin-bottom: 6mm }
            .closing { margin-top: 5mm }
            .legal { margin-top: 5mm; font-size: 7.5pt; color: {text3} }
            .from-right { text-align: right }
            .lines { -fs-table-paginate: paginate; border-bottom: 0.25mm solid {strong}; margin-bottom: 4mm }
            .lines th { border-bottom: 0.25mm solid {strong}; padding-bottom: 1.5mm; color: {text3}; font-size: 7.5pt }
            .lines tr { page-break-inside: avoid }
            .lines td { padding-top: 1.6mm; padding-bottom: 1.6mm; border-top: 0.15mm solid {line} }
            .lines .first td { border-top: 0 }
            .lines tbody { page-break-inside: avoid }
            .lines .what { width: 50% }
            .lines .group td { font-weight: bold; padding-bottom: 0 }
            .lines .of td { border-top: 0; padding-top: 1mm }
            .sums { padding-left: 40%; margin-bottom: 8mm; page-break-inside: avoid }
            .sums td { padding-top: 1mm; padding-bottom: 1mm; color: {text2} }
            .sums .end { color: {text} }
            .sums .piece td { padding-top: 0; padding-left: 4mm; font-size: 7.5pt; color: {text3} }
            .sums .total td { border-top: 0.25mm solid {strong}; padding-top: 2mm; font-size: 12pt; font-weight: bold; color: {text} }
            .words p { color: {text2}; page-break-inside: avoid }
            .words p + p { margin-top: 2mm }
            .foot { position: running(foot); border-top: 0.15mm solid {line}; padding-top: 4mm; font-size: 7.5pt; color: {text3} }
            .specimen { position: absolute; z-index: -1; top: 190mm; left: 0; width: 174mm; text-align: center; font-size: 64pt; font-weight: bold; color: {line} }
            """;

    /** Number of template lines that fit at the foot of each page before it has to grow. */
    private static final int FOOT_LINES = 1;

    private static final int FOOT_MM = 30;
    private static final int FOOT_LINE_MM = 4;

    /** Number of the widest characters that fit into a line at the foot. */
    private static final int FOOT_WIDTH = 60;

    private final Letterhead letterhead;
    private final Brand brand;
    private final DocumentTexts words;

    DocumentHtml(Letterhead letterhead, DocumentTexts words) {
        this.letterhead = letterhead;
        this.brand = letterhead.brand();
        this.words = words;
    }

    /**
     * An image that represents the brand, as data for the page.
     *
     * @param isIcon whether the name has to be next to it
     */
    record Logo(String mediaType, String base64, boolean isIcon) {
        /**
         * Returns the logo for a raster image, or for a drawing that can be rendered; otherwise empty, and the brand's icon and name are used.
         */
        static Optional<Logo> of(String mediaType, byte[] content, boolean isIcon) {
            return mediaType.equals("image/svg+xml")
                    ? SvgLogo.png(content).map(png -> ofPixels("image/png", png, isIcon))
                    : Optional.of(ofPixels(mediaType, content, isIcon));
        }

        private static Logo ofPixels(String mediaType, byte[] content, boolean isIcon) {
            return new Logo(mediaType, Base64.getEncoder().encodeToString(content), isIcon);
        }
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
                words.standing(invoiceSummary, EInvoiceMapper.isSettled(invoiceSummary)),
                EInvoiceMapper.isToBePaid(invoiceSummary) ? said(Part.PAYMENT) : "",
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
                words.text("standing.proforma"),
                "",
                invoiceSeller,
                invoiceDetails);
    }

    private String page(
            String title,
            String kind,
            Map<String, String> facts,
            String standing,
            String payment,
            InvoiceSeller invoiceSeller,
            InvoiceDetails invoiceDetails) {
        var isOwn = invoiceDetails.corrections().corrects().isEmpty();
        var body = foot(invoiceSeller)
                + head(kind)
                + facts(of(facts, invoiceDetails))
                + parties(invoiceSeller, invoiceDetails.buyer())
                + amount(standing, invoiceDetails)
                + (isOwn ? said("introduction", said(Part.INTRODUCTION)) : "")
                + lines(invoiceDetails)
                + sums(invoiceDetails)
                + words(payment, invoiceSeller, invoiceDetails)
                + (isOwn ? said("closing", said(Part.CLOSING)) : "")
                + said("legal", said(Part.LEGAL));
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
        var heads = "<tr>" + headCell("what", "account.movement") + headCell("end", "account.entries")
                + headCell("end", "amount") + "</tr>";
        var moved = rows.isEmpty()
                ? element("p", "reason", escaped(words.text("account.none")))
                : element("table", "lines", element("thead", "", heads) + element("tbody", "", rows.toString()));
        var sums = element(
                "div",
                "sums",
                element(
                        "table",
                        "",
                        sum("", words.text("account.before"), words.money(account.before()))
                                + sum("total", words.text("account.after"), words.money(account.after()))));
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
        var heads = "<tr>" + headCell("what", "account.documents") + headCell("end", "issued")
                + headCell("end", "account.due") + headCell("end", "total") + "</tr>";
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
                                + element("style", "", sheet()))
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

    private String sheet() {
        var light = Palette.of(brand).light();
        var sheet = SHEET;
        for (var colour : Map.of(
                        "{text}", light.text().hex(),
                        "{text2}", light.text2().hex(),
                        "{text3}", light.text3().hex(),
                        "{line}", light.line().hex(),
                        "{strong}", light.lineStrong().hex(),
                        "{brand}", letterhead.accent().hex(),
                        "{bottom}", bottom() + "mm",
                        "{page}", words.text("page"))
                .entrySet()) {
            sheet = sheet.replace(colour.getKey(), colour.getValue());
        }
        return sheet;
    }

    /** Returns the height of the page footer. */
    private int bottom() {
        var lines = said(Part.FOOTER)
                .lines()
                .mapToInt(line -> 1 + line.length() / FOOT_WIDTH)
                .sum();
        return FOOT_MM + Math.max(0, lines - FOOT_LINES) * FOOT_LINE_MM;
    }

    private String said(Part part) {
        return letterhead.documentTemplate().text(words.locale(), part);
    }

    /** Returns the reseller's text, line by line. */
    private static String said(String kind, String text) {
        return text.isEmpty() ? "" : element("p", (kind + " said" + side(text)).strip(), broken(text));
    }

    /** Returns the alignment. Names in cells stay on the usual side, but a text of several lines is aligned according to its own direction. */
    private static String side(String text) {
        return BidiText.isFromRight(text) ? " from-right" : "";
    }

    private static String broken(String text) {
        return text.lines().map(DocumentHtml::escaped).collect(Collectors.joining("<br/>"));
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

    private String amount(String standing, InvoiceDetails invoiceDetails) {
        var reason = invoiceDetails.corrections().reason();
        return element(
                        "p",
                        "amount",
                        bold(words.money(invoiceDetails.total())) + element("span", "", escaped(standing)))
                + (reason.isEmpty() ? "" : element("p", "reason", escaped(reason)));
    }

    private String lines(InvoiceDetails invoiceDetails) {
        var heads = "<tr>" + headCell("what", "what") + headCell("end", "quantity") + headCell("end", "unit-price")
                + headCell("end", "amount") + "</tr>";
        var rows = new StringBuilder();
        for (var group : invoiceDetails.groups()) {
            rows.append(element("tbody", "", rows(group, rows.isEmpty() ? "first" : "")));
        }
        return element("table", "lines", element("thead", "", heads) + rows);
    }

    private String rows(Group group, String first) {
        if (group.lines().size() == 1) {
            var line = group.lines().get(0);
            return row(first, words.name(group, line), line);
        }
        var name = group.name().isEmpty() ? words.text("group.none") : group.name();
        return row(
                        (first + " group").strip(),
                        "<td colspan=\"3\">" + escaped(name) + "</td>",
                        cell("end", escaped(words.money(group.amount()))))
                + group.lines().stream()
                        .map(line -> row("of", words.what(line), line))
                        .collect(Collectors.joining());
    }

    private String row(String kind, String name, Line line) {
        return row(
                kind,
                cell("", escaped(name) + small(words.span(line)) + small(words.note(line)) + small(words.late(line))),
                cell("end", escaped(words.quantity(line))),
                cell(
                        "end",
                        escaped(words.exactly(line.unitPrice()))
                                + small(
                                        line.surcharge().isPositive()
                                                ? words.text("surcharge", words.exactly(line.surcharge()))
                                                : "")),
                cell(
                        "end",
                        escaped(words.money(line.amount()))
                                + small(DocumentTexts.isCapped(line) ? words.text("capped") : "")));
    }

    private String sums(InvoiceDetails invoiceDetails) {
        var isUneven = isUneven(invoiceDetails);
        var rows = new StringBuilder();
        rows.append(sum(
                "",
                words.text("net"),
                isUneven ? words.exactly(invoiceDetails.net()) : words.money(invoiceDetails.net())));
        for (var part : invoiceDetails.taxes()) {
            rows.append(sum("", words.tax(part), words.money(part.tax())));
            for (var taxComponent : part.pieces()) {
                rows.append(sum("piece", words.piece(taxComponent), words.money(taxComponent.tax())));
            }
        }
        if (isUneven) {
            rows.append(sum("", words.text("rounding"), words.exactly(invoiceDetails.rounding())));
        }
        rows.append(sum("total", words.text("total"), words.money(invoiceDetails.total())));
        invoiceDetails.rate().ifPresent(rate -> {
            if (!invoiceDetails.tax().isZero()) {
                rows.append(sum(
                        "piece",
                        words.text("told.tax", rate.home().getCurrencyCode()),
                        words.money(rate.coins(invoiceDetails.tax()))));
            }
            rows.append(sum(
                    "piece",
                    words.text("told.total", rate.home().getCurrencyCode()),
                    words.money(rate.coins(invoiceDetails.total()))));
        });
        return element("div", "sums", element("table", "", rows.toString()));
    }

    /** Whether net and tax, each rounded, do not add up to the total, so that the rounding must be listed. */
    private static boolean isUneven(InvoiceDetails invoiceDetails) {
        var decimals = invoiceDetails.total().currency().getDefaultFractionDigits();
        return invoiceDetails
                        .total()
                        .minus(invoiceDetails.tax())
                        .amount()
                        .compareTo(invoiceDetails.net().amount().setScale(decimals, RoundingMode.HALF_UP))
                != 0;
    }

    private String sum(String kind, String what, String amount) {
        return row(kind, cell("", escaped(what)), cell("end", escaped(amount)));
    }

    private String words(String payment, InvoiceSeller invoiceSeller, InvoiceDetails invoiceDetails) {
        var isRounded = invoiceDetails.rounding().amount().signum() != 0 && !isUneven(invoiceDetails);
        var texts = Stream.of(
                        Stream.of(invoiceDetails.isGross() ? words.text("gross") : ""),
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
        return element("div", "words", said("payment", payment) + texts);
    }

    private String foot(InvoiceSeller invoiceSeller) {
        var account = Stream.of(invoiceSeller.bank(), DocumentTexts.grouped(invoiceSeller.iban()), invoiceSeller.bic())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
        var tax = invoiceSeller.taxNumber().isEmpty() ? "" : words.text("tax-number", invoiceSeller.taxNumber());
        var foot = Stream.of(
                        invoiceSeller.address().name(), invoiceSeller.register(), tax, invoiceSeller.phone(), account)
                .filter(text -> !text.isEmpty())
                .map(DocumentHtml::escaped)
                .collect(Collectors.joining(" · "));
        var own = said(Part.FOOTER);
        return element("div", "foot", foot + (own.isEmpty() ? "" : element("p", "", broken(own))));
    }

    private String headCell(String kind, String key) {
        return element("th", kind, escaped(words.text(key)));
    }

    private static String row(String kind, String... cells) {
        return element("tr", kind, String.join("", cells));
    }

    private static String cell(String kind, String content) {
        return element("td", kind, content);
    }

    private static String bold(String text) {
        return element("b", "", escaped(text));
    }

    private static String small(String text) {
        return text.isEmpty() ? "" : element("small", "", escaped(text));
    }

    private static String element(String name, String kind, String content) {
        var attribute = kind.isEmpty() ? "" : " class=\"" + kind + "\"";
        return "<" + name + attribute + ">" + content + "</" + name + ">";
    }

    /** Returns text escaped for XML, without characters that are invalid in XML. */
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isReadable(character) ? character : ' ');
            }
        });
        return escaped.toString();
    }

    private static boolean isReadable(int character) {
        return character >= ' '
                && character != 0xFFFE
                && character != 0xFFFF
                && (character < 0xD800 || character > 0xDFFF);
    }
}
