package io.tenantry.documents;

import static io.tenantry.documents.HtmlElements.cell;
import static io.tenantry.documents.HtmlElements.element;
import static io.tenantry.documents.HtmlElements.escaped;
import static io.tenantry.documents.HtmlElements.row;
import static io.tenantry.documents.HtmlElements.small;

import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.Invoicing.Line;
import java.util.stream.Collectors;

/** The items of an invoice, in groups, and its sums. */
final class InvoiceTable {
    private final DocumentTexts words;

    InvoiceTable(DocumentTexts words) {
        this.words = words;
    }

    /** Returns the items, in groups. */
    String lines(InvoiceDetails invoiceDetails) {
        var heads = "<tr>" + headCell(words, "what", "what") + headCell(words, "end", "quantity")
                + headCell(words, "end", "unit-price") + headCell(words, "end", "amount") + "</tr>";
        var rows = new StringBuilder();
        for (var group : invoiceDetails.groups()) {
            rows.append(element("tbody", "", rows(group, rows.isEmpty() ? "first" : "", invoiceDetails.isMixed())));
        }
        return element("table", "lines", element("thead", "", heads) + rows);
    }

    private String rows(Group group, String first, boolean isMixed) {
        if (group.lines().size() == 1) {
            var line = group.lines().get(0);
            return item(first, words.name(group, line), line, isMixed);
        }
        var name = group.name().isEmpty() ? words.text("group.none") : group.name();
        return row(
                        (first + " group").strip(),
                        "<td colspan=\"3\">" + escaped(name) + small(isMixed ? words.withOrWithoutTax(group) : "")
                                + "</td>",
                        cell("end", escaped(words.money(group.amount()))))
                + group.lines().stream()
                        .map(line -> item("of", words.what(line), line, isMixed))
                        .collect(Collectors.joining());
    }

    private String item(String kind, String name, Line line, boolean isMixed) {
        return row(
                kind,
                cell(
                        "",
                        escaped(name)
                                + small(words.span(line))
                                + small(words.note(line))
                                + small(words.late(line))
                                + small(isMixed ? words.withOrWithoutTax(line) : "")),
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

    /** Returns net, taxes and total. */
    String sums(InvoiceDetails invoiceDetails) {
        var rows = new StringBuilder();
        rows.append(sum("", words.text("net"), words.money(invoiceDetails.statedNet())));
        for (var part : invoiceDetails.taxes()) {
            rows.append(sum("", words.tax(part), words.money(part.tax())));
            for (var taxComponent : part.pieces()) {
                rows.append(sum("piece", words.piece(taxComponent), words.money(taxComponent.tax())));
            }
        }
        rows.append(sum("total", words.text("total"), words.money(invoiceDetails.total())));
        invoiceDetails.rate().ifPresent(rate -> {
            if (!invoiceDetails.tax().isZero()) {
                rows.append(sum(
                        "piece",
                        words.text("home-currency.tax", rate.home().getCurrencyCode()),
                        words.money(rate.coins(invoiceDetails.tax()))));
            }
            rows.append(sum(
                    "piece",
                    words.text("home-currency.total", rate.home().getCurrencyCode()),
                    words.money(rate.coins(invoiceDetails.total()))));
        });
        invoiceDetails
                .issued()
                .filter(invoiceSummary -> EInvoiceMapper.isToBePaid(invoiceSummary)
                        && invoiceSummary.prepaid().isPositive())
                .ifPresent(invoiceSummary -> {
                    rows.append(sum(
                            "",
                            words.text("prepaid"),
                            words.money(invoiceSummary.prepaid().negated())));
                    rows.append(sum("total", words.text("amount-due"), words.money(invoiceSummary.dueAtIssue())));
                });
        return element("div", "sums", element("table", "", rows.toString()));
    }

    /** Returns the head of a column. */
    static String headCell(DocumentTexts words, String kind, String key) {
        return element("th", kind, escaped(words.text(key)));
    }

    /** Returns a line of sums. */
    static String sum(String kind, String what, String amount) {
        return row(kind, cell("", escaped(what)), cell("end", escaped(amount)));
    }
}
