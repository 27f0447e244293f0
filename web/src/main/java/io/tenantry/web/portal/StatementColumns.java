package io.tenantry.web.portal;

import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the statement of a wallet looks like, to members and to staff: columns, filters, and the columns of the file. */
@RequestScoped
public class StatementColumns {
    /** The parameter of the file that names the wallet. */
    static final String WALLET = "wallet";

    /** By what the file can be narrowed. */
    static final List<String> FILTERS = List.of(WALLET, Statement.FROM, Statement.TO, Statement.KIND);

    @Inject
    Fmt fmt;

    @Inject
    Words words;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Tables tables;

    /**
     * The part of a wallet's statement that an address asks for; of none, if there is no wallet.
     *
     * @param page on which it stands
     * @param files the path of the same as a file, before the ending
     */
    public Table<Statement.Row> table(Base page, String files, Wallets.@Nullable Balance wallet) {
        return tables.endless(
                "statement",
                page,
                new Base(
                        files,
                        wallet == null ? Map.of() : Map.of(WALLET, wallet.id().toString()),
                        ""),
                columns(),
                filters(),
                wish -> wallet == null
                        ? Stretch.nothing()
                        : Statement.of(
                                (some, before, limit) -> wallets.statement(wallet, some, before, limit), wish, zone()));
    }

    /** The zone in which days begin, and times are written. */
    ZoneId zone() {
        return fmt.zoneOfBooks();
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
                        fmt.text("table.any"),
                        Stream.of("charge", "credit", "debit", "reversal")
                                .map(kind -> new Filter.Choice(kind, fmt.text("statement.kind." + kind)))
                                .toList()),
                new Filter(
                        Statement.BY,
                        "statement.by",
                        fmt.text("statement.by-day"),
                        List.of(new Filter.Choice(Statement.HOUR, fmt.text("statement.by-hour")))));
    }

    /** The columns of the file, in which each line stands by itself, with all decimals and its currency. */
    List<Field<Wallets.Line>> fields() {
        return List.of(
                new Field<>("csv.entry", Wallets.Line::entryId),
                new Field<>("csv.at", Wallets.Line::at),
                new Field<>("csv.what", words::line),
                new Field<>("csv.reason", line -> line.reason().orElse(null)),
                new Field<>("csv.amount", line -> line.amount().amount()),
                new Field<>("csv.balance", line -> line.balanceAfter().amount()),
                new Field<>("csv.currency", line -> line.amount().currency().getCurrencyCode()));
    }
}
