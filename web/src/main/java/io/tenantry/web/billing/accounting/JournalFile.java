package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.JournalEntry;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListAddress;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The export of the journal, with a row for each posting. */
@WebServlet({"/staff/journal.csv", "/staff/journal.xlsx"})
public class JournalFile extends ListFile<JournalEntry.Row> {
    private static final long serialVersionUID = 1L;

    /** Fewer rows than an Excel sheet holds, because a part consists of whole entries. Parts are read by key, so each costs the same. */
    private static final int ROWS_MAX = 1_000_000;

    @Inject
    transient AccountingQuery accountingQuery;

    @Inject
    transient JournalColumns columns;

    @Override
    protected String title() {
        return "accounting.journal";
    }

    @Override
    protected List<String> filters() {
        return JournalColumns.FILTERS;
    }

    @Override
    protected List<Field<JournalEntry.Row>> fields() {
        return columns.fields();
    }

    /** Each entry has at least two postings, so a part with fewer rows than requested is the last one. */
    @Override
    protected List<JournalEntry.Row> rows(ListQuery listQuery) {
        return accountingQuery.entries(listQuery).stream()
                .flatMap(entry -> entry.rows().stream())
                .toList();
    }

    @Override
    protected ListQuery following(ListQuery listQuery, int done, JournalEntry.Row last) {
        return listQuery.with(ListAddress.BEFORE, Long.toString(last.entry().id()));
    }

    @Override
    protected int rowsMax() {
        return ROWS_MAX;
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
