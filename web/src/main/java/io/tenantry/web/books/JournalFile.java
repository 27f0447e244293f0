package io.tenantry.web.books;

import io.tenantry.books.AccountingBooks;
import io.tenantry.books.JournalEntry;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListAddress;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The journal as a file, a row for each leg of an entry. */
@WebServlet({"/staff/journal.csv", "/staff/journal.xlsx"})
public class JournalFile extends ListFile<JournalEntry.Row> {
    private static final long serialVersionUID = 1L;

    /** Fewer than a sheet of Excel holds, since a part is of whole entries. By key, each part costs the same. */
    private static final int ROWS_MAX = 1_000_000;

    @Inject
    transient AccountingBooks books;

    @Inject
    transient JournalColumns columns;

    @Override
    protected String title() {
        return "books.journal";
    }

    @Override
    protected List<String> filters() {
        return JournalColumns.FILTERS;
    }

    @Override
    protected List<Field<JournalEntry.Row>> fields() {
        return columns.fields();
    }

    /** Each entry has two legs at least, so that a part with fewer rows than were asked for is the last. */
    @Override
    protected List<JournalEntry.Row> rows(Wish wish) {
        return books.entries(wish).stream()
                .flatMap(entry -> entry.rows().stream())
                .toList();
    }

    @Override
    protected Wish following(Wish wish, int done, JournalEntry.Row last) {
        return wish.with(ListAddress.BEFORE, Long.toString(last.entry().id()));
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
