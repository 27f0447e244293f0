package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presentation of a wallet's statement for members and staff: columns, filters and export fields. */
@RequestScoped
public class StatementColumns {
    /** The parameter of the export that names the wallet. */
    static final String WALLET = "wallet";

    /** The parameters by which the export can be filtered. */
    static final List<String> FILTERS = List.of(WALLET, Statement.FROM, Statement.TO, Statement.KIND);

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    @Inject
    WalletAdministration wallets;

    @Inject
    Tables tables;

    /**
     * Returns the part of a wallet's statement that the request selects; empty if there is no wallet.
     *
     * @param page the address of the page
     * @param files the path of the export, before the extension
     */
    public Table<Statement.Row> table(ListUrl page, String files, Wallets.@Nullable Balance wallet) {
        return tables.endless(
                "statement",
                page,
                new ListUrl(
                        files,
                        wallet == null ? Map.of() : Map.of(WALLET, wallet.id().toString()),
                        ""),
                columns(),
                filters(),
                listQuery -> wallet == null
                        ? KeysetSlice.nothing()
                        : Statement.of(
                                (some, before, limit) -> wallets.statement(wallet, some, before, limit),
                                listQuery,
                                zone()));
    }

    /** Returns the zone in which days start and times are written. */
    ZoneId zone() {
        return format.zoneOfBooks();
    }

    private static List<Column> columns() {
        return List.of(
                Column.of("day", "statement.day").unsorted().always(),
                Column.of("what", "statement.what").unsorted().always(),
                Column.of("reason", "csv.reason").unsorted(),
                Column.of("amount", "statement.amount").unsorted().ofFigures().always(),
                Column.of("balance", "statement.balance").unsorted().ofFigures());
    }

    private List<Filter> filters() {
        return List.of(
                Filter.day(Statement.FROM, "statement.from"),
                Filter.day(Statement.TO, "statement.to"),
                new Filter(
                        Statement.KIND,
                        "statement.kind",
                        format.text("table.any"),
                        Stream.of("charge", "credit", "debit", "reversal")
                                .map(kind -> new Filter.Choice(kind, format.text("statement.kind." + kind)))
                                .toList()),
                new Filter(
                        Statement.BY,
                        "statement.by",
                        format.text("statement.by-day"),
                        List.of(new Filter.Choice(Statement.HOUR, format.text("statement.by-hour")))));
    }

    /** Returns the fields of the export, in which each line has its own row, with all decimals and its currency. */
    List<Field<WalletStatements.StatementLine>> fields() {
        return List.of(
                new Field<>("csv.entry", WalletStatements.StatementLine::entryId),
                new Field<>("csv.at", WalletStatements.StatementLine::at),
                new Field<>("csv.what", portalLabels::line),
                new Field<>(
                        "csv.reason", statementLine -> statementLine.reason().orElse(null)),
                new Field<>(
                        "csv.amount", statementLine -> statementLine.amount().amount()),
                new Field<>(
                        "csv.balance",
                        statementLine -> statementLine.balanceAfter().amount()),
                new Field<>(
                        "csv.currency",
                        statementLine -> statementLine.amount().currency().getCurrencyCode()));
    }
}
