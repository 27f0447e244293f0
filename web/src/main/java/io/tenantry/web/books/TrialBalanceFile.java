package io.tenantry.web.books;

import io.tenantry.books.AccountingBooks;
import io.tenantry.books.BookDays;
import io.tenantry.books.TrialBalance;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The trial balance as a file. Balances have the ledger's sign: positive is credit. */
@WebServlet({"/staff/trial-balance.csv", "/staff/trial-balance.xlsx"})
public class TrialBalanceFile extends ListFile<TrialBalance.Line> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AccountingBooks books;

    @Inject
    transient BooksWords words;

    @Inject
    transient JournalColumns columns;

    @Override
    protected String title() {
        return "books.trial";
    }

    @Override
    protected List<String> filters() {
        return List.of(BookDays.FROM, BookDays.TO);
    }

    @Override
    protected List<Field<TrialBalance.Line>> fields() {
        return List.of(
                new Field<>("books.account", line -> words.account(line.account())),
                new Field<>("books.opening", line -> line.opening().amount()),
                new Field<>("books.debit", line -> line.debits().amount()),
                new Field<>("books.credit", line -> line.credits().amount()),
                new Field<>("books.closing", line -> line.closing().amount()),
                new Field<>("csv.currency", line -> line.opening().currency().getCurrencyCode()));
    }

    @Override
    protected List<TrialBalance.Line> rows(Wish wish) {
        return books.trialBalances(books.days(wish)).stream()
                .flatMap(balance -> balance.lines().stream())
                .toList();
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
