package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.EntryOrigin;
import io.tenantry.billing.accounting.JournalEntry;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.KeysetSlice;
import io.tenantry.web.list.ListFile.Field;
import io.tenantry.web.list.ListUrl;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The presentation of the journal: columns, filters and export fields. */
@RequestScoped
public class JournalColumns {
    /** The parameters by which the export can be filtered. */
    static final List<String> FILTERS =
            List.of(AccountingPeriod.FROM, AccountingPeriod.TO, AccountingQuery.KIND, AccountingQuery.ORIGIN);

    @Inject
    Format format;

    @Inject
    AccountingLabels labels;

    @Inject
    AccountingQuery accountingQuery;

    @Inject
    Tables tables;

    /** Returns the zone in which days start and times are written. */
    ZoneId zone() {
        return format.zoneOfBooks();
    }

    /** Returns the part of the journal of this period that the request selects. */
    Table<JournalEntry> table(AccountingPeriod days) {
        var named = Map.of(
                AccountingPeriod.FROM, days.from().toString(),
                AccountingPeriod.TO, days.to().toString());
        return tables.endless(
                "journal",
                new ListUrl("/staff/accounting", named, "listing"),
                new ListUrl("/staff/journal", named, ""),
                columns(),
                filters(),
                listQuery -> part(listQuery
                        .with(AccountingPeriod.FROM, days.from().toString())
                        .with(AccountingPeriod.TO, days.to().toString())));
    }

    private KeysetSlice<JournalEntry> part(ListQuery listQuery) {
        var found = accountingQuery.entries(listQuery.part(0, listQuery.limit() + 1));
        var isMore = found.size() > listQuery.limit();
        var shown = isMore ? found.subList(0, listQuery.limit()) : found;
        return new KeysetSlice<>(
                shown, isMore ? Long.toString(shown.get(shown.size() - 1).id()) : "");
    }

    private static List<Column> columns() {
        return List.of(
                Column.of("at", "csv.at").unsorted().always(),
                Column.of("what", "statement.what").unsorted(),
                Column.of("legs", "accounting.postings").unsorted().always());
    }

    private List<Filter> filters() {
        return List.of(
                new Filter(
                        AccountingQuery.KIND,
                        "statement.kind",
                        format.text("table.any"),
                        Stream.of("charge", "credit", "debit", "reversal")
                                .map(kind -> new Filter.Choice(kind, format.text("statement.kind." + kind)))
                                .toList()),
                new Filter(
                        AccountingQuery.ORIGIN,
                        "accounting.origin",
                        format.text("table.any"),
                        Arrays.stream(EntryOrigin.values())
                                .map(entryOrigin -> new Filter.Choice(
                                        entryOrigin.name().toLowerCase(Locale.ROOT),
                                        format.text("accounting.origin." + entryOrigin)))
                                .toList()));
    }

    /** Returns the fields of the export: a row for each posting, with all decimals and its currency. */
    List<Field<JournalEntry.Row>> fields() {
        return List.of(
                new Field<>("csv.entry", row -> row.entry().id()),
                new Field<>("csv.at", row -> row.entry().at()),
                new Field<>("statement.kind", row -> labels.kind(row.entry())),
                new Field<>("accounting.origin", row -> labels.origin(row.entry())),
                new Field<>("accounting.source", row -> row.entry().source()),
                new Field<>("csv.reason", row -> row.entry().reason().orElse(null)),
                new Field<>("accounting.account", row -> labels.account(row.leg())),
                new Field<>(
                        "accounting.debit",
                        row -> row.leg().isDebit() ? row.leg().size().amount() : null),
                new Field<>(
                        "accounting.credit",
                        row -> row.leg().isDebit() ? null : row.leg().size().amount()),
                new Field<>("csv.currency", row -> row.leg().amount().currency().getCurrencyCode()));
    }
}
