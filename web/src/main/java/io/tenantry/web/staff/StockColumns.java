package io.tenantry.web.staff;

import io.tenantry.catalog.Plan;
import io.tenantry.money.Money;
import io.tenantry.provider.stock.Stock;
import io.tenantry.web.portal.Words;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;

/** What lists of what vendors sell look like: columns, filters, the columns of the file, and words. */
@Named
@RequestScoped
public class StockColumns {
    /** By what sizes can be narrowed. */
    public static final List<String> FILTERS = List.of(Stock.ACCOUNT, Stock.FAMILY, Stock.STATE);

    @Inject
    Fmt fmt;

    @Inject
    Words words;

    @Inject
    Stock stock;

    /** The columns of sizes. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "stock.size").always(),
                Column.of("account", "stock.account"),
                Column.of("cpus", "size.cpus").ofFigures(),
                Column.of("memory", "stock.memory").ofFigures(),
                Column.of("price", "stock.price").ofFigures(),
                Column.of("before", "stock.before").ofFigures().unsorted(),
                Column.of("plans", "stock.plans").unsorted(),
                Column.of("seen", "stock.seen").unsorted());
    }

    /** What sizes can be narrowed by. */
    public List<Filter> filters() {
        return List.of(
                accounts(),
                new Filter(
                        Stock.FAMILY,
                        "stock.family",
                        fmt.text("table.any"),
                        stock.families().stream()
                                .map(family -> new Filter.Choice(family, family))
                                .toList()),
                states(Stock.STATE, "stock.state", "sold", "unsold", "moved", "gone"));
    }

    /** Narrowing by account. */
    public Filter accounts() {
        return new Filter(
                Stock.ACCOUNT,
                "stock.account",
                fmt.text("table.any"),
                stock.accounts().entrySet().stream()
                        .map(account -> new Filter.Choice(account.getKey().toString(), account.getValue()))
                        .toList());
    }

    /** Narrowing by what state something is in, whose words are below the label. */
    public Filter states(String name, String label, String... states) {
        return new Filter(
                name,
                label,
                fmt.text("table.any"),
                Stream.of(states)
                        .map(state -> new Filter.Choice(state, fmt.text(label + "." + state)))
                        .toList());
    }

    /** The columns of the file. */
    public List<Field<Stock.Size>> fields() {
        return List.of(
                new Field<>("service.id", Stock.Size::id),
                new Field<>("stock.account", Stock.Size::account),
                new Field<>("stock.code", Stock.Size::code),
                new Field<>("stock.size", Stock.Size::name),
                new Field<>("stock.family", Stock.Size::family),
                new Field<>("size.cpus", Stock.Size::vcpus),
                new Field<>("stock.memory.mib", Stock.Size::memoryMib),
                new Field<>("stock.disk.gib", Stock.Size::diskGib),
                new Field<>(
                        "stock.price", size -> size.monthly().map(Money::amount).orElse(null)),
                new Field<>(
                        "stock.dearest",
                        size -> size.dearest().map(Money::amount).orElse(null)),
                new Field<>(
                        "csv.currency",
                        size -> size.monthly()
                                .map(price -> price.currency().getCurrencyCode())
                                .orElse("")),
                new Field<>("stock.plans", size -> String.join(", ", size.plans())),
                new Field<>("stock.seen", Stock.Size::seenAt));
    }

    /** How big it is. */
    public String size(Stock.Size size) {
        return words.size(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }

    /** How much memory it has. */
    public String memory(Stock.Size size) {
        return words.memory(new Plan.Size(size.vcpus(), size.memoryMib(), size.diskGib(), size.transferGib()));
    }
}
