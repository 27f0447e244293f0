package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.BankTransactions.Customer;
import io.tenantry.billing.bank.StatementImportQuery;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The export of a bank file's rows with the outcome of each. */
@WebServlet({"/staff/bank-import.csv", "/staff/bank-import.xlsx"})
public class BankImportFile extends ListFile<ImportRow> {
    private static final long serialVersionUID = 1L;
    private static final String FILE = "file";

    @Inject
    transient StatementImportQuery importQuery;

    @Inject
    transient BankLabels labels;

    @Override
    protected String title() {
        return "bank.import.rows";
    }

    @Override
    protected List<String> filters() {
        return List.of(FILE);
    }

    @Override
    protected List<Field<ImportRow>> fields() {
        return List.of(
                new Field<>("bank.row", ImportRow::lineNumber),
                new Field<>("bank.row.becomes", labels::plan),
                new Field<>("bank.review.why", labels::reason),
                new Field<>(
                        "bank.booked-on",
                        row -> row.bookedOn().map(LocalDate::toString).orElse("")),
                new Field<>("bank.payer", ImportRow::payer),
                new Field<>("bank.column.IBAN", ImportRow::iban),
                new Field<>("bank.column.WORDS", ImportRow::words),
                new Field<>(
                        "bank.customer",
                        row -> row.customer().map(Customer::name).orElse("")),
                new Field<>("bank.row.credited", labels::credited),
                new Field<>(
                        "runs.amount", row -> row.amount().map(Money::amount).orElse(null)),
                new Field<>(
                        "csv.currency",
                        row -> row.amount()
                                .map(money -> money.currency().getCurrencyCode())
                                .orElse("")));
    }

    @Override
    protected Object key(ImportRow row) {
        return row.id();
    }

    @Override
    protected List<ImportRow> rows(ListQuery listQuery) {
        var id = listQuery
                .filter(FILE)
                .flatMap(QueryParameters::id)
                .orElseThrow(() -> new NotFoundException("bank import", "of that address"));
        return importQuery.rows(importQuery.one(id).id(), Optional.empty(), listQuery.limit(), listQuery.first());
    }
}
