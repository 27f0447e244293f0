package io.tenantry.web.books;

import io.tenantry.books.AccountingBooks;
import io.tenantry.books.BookDays;
import io.tenantry.books.DatevExport;
import io.tenantry.books.JournalEntry;
import io.tenantry.books.TrialBalance;
import io.tenantry.listing.Wish;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The books of some days: what accounts held, what moved, and each entry. */
@Named
@RequestScoped
public class BooksPage {
    @Inject
    AccountingBooks books;

    @Inject
    JournalColumns columns;

    @Inject
    DatevExport datev;

    private String from = "";
    private String to = "";
    private @Nullable BookDays days;
    private @Nullable List<TrialBalance> balances;
    private @Nullable Table<JournalEntry> journal;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> balances = books.trialBalances(getDays()));
    }

    /** The days that are shown. */
    public BookDays getDays() {
        var known = days;
        if (known == null) {
            known = books.days(Wish.of(1).with(BookDays.FROM, from).with(BookDays.TO, to));
            days = known;
        }
        return known;
    }

    public List<TrialBalance> getBalances() {
        var known = balances;
        if (known == null) {
            known = books.trialBalances(getDays());
            balances = known;
        }
        return known;
    }

    /** Whether there is an export for DATEV. */
    public boolean isDatev() {
        return datev.isOffered();
    }

    /** Whether the books of all currencies are right. */
    public boolean isBalanced() {
        return getBalances().stream().allMatch(TrialBalance::isBalanced);
    }

    public Table<JournalEntry> getJournal() {
        var known = journal;
        if (known == null) {
            known = columns.table(getDays());
            journal = known;
        }
        return known;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = Objects.requireNonNullElse(to, "");
    }
}
