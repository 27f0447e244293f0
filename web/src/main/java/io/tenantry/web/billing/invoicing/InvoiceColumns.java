package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;

/** The presentation of the lists of documents: columns, filters and export fields. */
@RequestScoped
public class InvoiceColumns {
    /** The parameters by which documents can be filtered. */
    static final List<String> FILTERS = List.of(DocumentList.STATE, DocumentList.MONTH, DocumentList.CUSTOMER);

    private static final Column NUMBER = Column.of("number", "invoice.number").always();
    private static final Column MONTH = Column.of("month", "invoicing.month");
    private static final Column ISSUED = Column.of("issued", "invoice.issued");
    private static final Column DUE = Column.of("due", "invoice.due");
    private static final Column STATE = Column.of("state", "runs.state");
    private static final Column TOTAL = Column.of("total", "invoice.total").ofFigures();

    @Inject
    Format format;

    @Inject
    InvoiceLabels labels;

    /** Returns the columns for members, who are the buyer of all documents. */
    List<Column> ofMembers() {
        return List.of(NUMBER, MONTH, ISSUED, DUE, STATE, TOTAL);
    }

    /** Returns the columns for staff. */
    List<Column> ofStaff() {
        return List.of(NUMBER, Column.of("buyer", "invoice.buyer"), MONTH, ISSUED, DUE, STATE, TOTAL);
    }

    /** Returns the filters. */
    List<Filter> filters(List<YearMonth> months) {
        return List.of(
                new Filter(
                        DocumentList.MONTH,
                        "invoicing.month",
                        format.text("table.any"),
                        months.stream()
                                .map(month -> new Filter.Choice(month.toString(), labels.month(month)))
                                .toList()),
                new Filter(
                        DocumentList.STATE,
                        "runs.state",
                        format.text("table.any"),
                        Stream.of("final", DocumentList.OVERDUE, "paid", "void")
                                .map(state -> new Filter.Choice(state, format.text("invoice.state." + state)))
                                .toList()));
    }

    /** Returns the fields of the export; an amount is always accompanied by its currency. */
    List<Field<InvoiceSummary>> fields() {
        return List.of(
                new Field<>("invoice.number", InvoiceSummary::number),
                new Field<>("invoice.buyer", InvoiceSummary::buyer),
                new Field<>("invoicing.month", row -> row.month().toString()),
                new Field<>("invoice.issued", InvoiceSummary::issuedAt),
                new Field<>("invoice.due", row -> row.dueOn().orElse(null)),
                new Field<>("runs.state", labels::state),
                new Field<>("invoice.net", row -> row.net().amount()),
                new Field<>("invoice.total", row -> row.total().amount()),
                new Field<>("invoice.amount-due", row -> row.amountDue().amount()),
                new Field<>("csv.currency", row -> row.total().currency().getCurrencyCode()),
                new Field<>("invoice.paid", row -> row.paidAt().orElse(null)));
    }
}
