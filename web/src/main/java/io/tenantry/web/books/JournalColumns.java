package io.tenantry.web.books;

import io.tenantry.books.AccountingBooks;
import io.tenantry.books.BookDays;
import io.tenantry.books.JournalEntry;
import io.tenantry.books.Origin;
import io.tenantry.listing.Wish;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Base;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import io.tenantry.web.table.Stretch;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What the journal looks like: columns, filters, and the columns of the file. */
@RequestScoped
public class JournalColumns {
    /** By what the file can be narrowed. */
    static final List<String> FILTERS =
            List.of(BookDays.FROM, BookDays.TO, AccountingBooks.KIND, AccountingBooks.ORIGIN);

    @Inject
    Fmt fmt;

    @Inject
    BooksWords words;

    @Inject
    AccountingBooks books;

    @Inject
    Tables tables;

    /** The zone in which days begin, and times are written. */
    ZoneId zone() {
        return fmt.zoneOfBooks();
    }

    /** The part of the journal of these days that an address asks for. */
    Table<JournalEntry> table(BookDays days) {
        var named = Map.of(
                BookDays.FROM, days.from().toString(),
                BookDays.TO, days.to().toString());
        return tables.endless(
                "journal",
                new Base("/staff/books", named, "listing"),
                new Base("/staff/journal", named, ""),
                columns(),
                filters(),
                wish -> part(wish.with(BookDays.FROM, days.from().toString())
                        .with(BookDays.TO, days.to().toString())));
    }

    private Stretch<JournalEntry> part(Wish wish) {
        var found = books.entries(wish.part(0, wish.limit() + 1));
        var isMore = found.size() > wish.limit();
        var shown = isMore ? found.subList(0, wish.limit()) : found;
        return new Stretch<>(
                shown, isMore ? Long.toString(shown.get(shown.size() - 1).id()) : "");
    }

    private static List<Column> columns() {
        return List.of(
                Column.of("at", "csv.at").unsorted().always(),
                Column.of("what", "statement.what").unsorted(),
                Column.of("legs", "books.legs").unsorted().always());
    }

    private List<Filter> filters() {
        return List.of(
                new Filter(
                        AccountingBooks.KIND,
                        "statement.kind",
                        fmt.text("table.any"),
                        Stream.of("charge", "credit", "debit", "reversal")
                                .map(kind -> new Filter.Choice(kind, fmt.text("statement.kind." + kind)))
                                .toList()),
                new Filter(
                        AccountingBooks.ORIGIN,
                        "books.origin",
                        fmt.text("table.any"),
                        Arrays.stream(Origin.values())
                                .map(origin -> new Filter.Choice(
                                        origin.name().toLowerCase(Locale.ROOT), fmt.text("books.origin." + origin)))
                                .toList()));
    }

    /** The columns of the file: a row for each leg, with all decimals and its currency. */
    List<Field<JournalEntry.Row>> fields() {
        return List.of(
                new Field<>("csv.entry", row -> row.entry().id()),
                new Field<>("csv.at", row -> row.entry().at()),
                new Field<>("statement.kind", row -> words.kind(row.entry())),
                new Field<>("books.origin", row -> words.origin(row.entry())),
                new Field<>("books.source", row -> row.entry().source()),
                new Field<>("csv.reason", row -> row.entry().reason().orElse(null)),
                new Field<>("books.account", row -> words.account(row.leg())),
                new Field<>(
                        "books.debit",
                        row -> row.leg().isDebit() ? row.leg().size().amount() : null),
                new Field<>(
                        "books.credit",
                        row -> row.leg().isDebit() ? null : row.leg().size().amount()),
                new Field<>("csv.currency", row -> row.leg().amount().currency().getCurrencyCode()));
    }
}
