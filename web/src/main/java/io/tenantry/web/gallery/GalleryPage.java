package io.tenantry.web.gallery;

import io.tenantry.config.Settings;
import io.tenantry.identity.NotVisible;
import io.tenantry.listing.Found;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.web.chart.Bars;
import io.tenantry.web.chart.Spark;
import io.tenantry.web.reports.Grid;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All parts of the pages in all their states, to look at. Only in a demo or by a setting: elsewhere there is no such page. */
@Named
@RequestScoped
public class GalleryPage {
    private static final List<String> STATES =
            List.of("active", "provisioning", "suspended", "failed", "terminated", "low", "over-limit", "draft");

    @Inject
    Settings settings;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    @Inject
    Tables tables;

    private @Nullable Table<Row> table;

    /** A row of the sample list. */
    public record Row(String name, String state, Money cost) {}

    /** There is nothing here unless this is a demo, or who set the server up wants to see it. */
    public void open() {
        Visit.look(() -> {
            if (!settings.gallery()) {
                throw new NotVisible("page", "gallery");
            }
        });
    }

    public Money getAmount() {
        return Money.of("1234.5678", "EUR");
    }

    public Money getNegative() {
        return Money.of("-12.50", "EUR");
    }

    public Instant getNow() {
        return clock.instant();
    }

    /** So many hours from now. */
    public Instant in(int hours) {
        return clock.instant().plus(Duration.ofHours(hours));
    }

    public List<String> getStates() {
        return STATES;
    }

    public Bars getBars() {
        return Bars.of(
                IntStream.rangeClosed(1, 24)
                        .mapToObj(hour -> new Bars.Value(
                                hour + ":00",
                                BigDecimal.valueOf((hour * 37L) % 23),
                                BigDecimal.valueOf((hour * 17L) % 19)))
                        .toList(),
                amount -> fmt.money(Money.of(amount.toPlainString(), "EUR")));
    }

    public Spark getSpark() {
        return Spark.of(IntStream.range(0, 20)
                .mapToObj(at -> BigDecimal.valueOf((7L * at * at) % 31))
                .toList());
    }

    /** A table of a report with its sum. */
    public Grid getGrid() {
        return new Grid(
                "nav.reports",
                List.of("service.name", "service.this-month"),
                List.of(List.of(said("server-101"), amount("12.50")), List.of(said("server-102"), amount("-2.50"))),
                List.of(said("="), amount("10")));
    }

    private static Grid.Cell said(String text) {
        return new Grid.Cell(text, text, "", "");
    }

    private Grid.Cell amount(String figure) {
        return new Grid.Cell(new BigDecimal(figure), fmt.money(Money.of(figure, "EUR")), "", "");
    }

    /** A list of forty rows, or of none. */
    public Table<Row> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "gallery",
                    "/gallery",
                    List.of(),
                    List.of(
                            Column.of("name", "service.name").always(),
                            Column.of("state", "service.state").unsorted(),
                            Column.of("cost", "service.this-month").ofFigures()),
                    List.of(new Filter(
                            "state",
                            "service.state",
                            fmt.text("table.any"),
                            STATES.stream()
                                    .map(state -> new Filter.Choice(state, fmt.state(state)))
                                    .toList())),
                    GalleryPage::find);
            table = known;
        }
        return known;
    }

    private static Found<Row> find(Wish wish) {
        var order = wish.sort().equals("cost")
                ? Comparator.comparing((Row row) -> row.cost().amount())
                : Comparator.comparing(Row::name);
        var all = IntStream.rangeClosed(1, 40)
                .mapToObj(at -> new Row(
                        "server-" + (100 + at),
                        STATES.get(at % STATES.size()),
                        Money.of(Integer.toString(at * 13 % 29), "EUR")))
                .filter(row -> row.name().contains(wish.search())
                        && wish.filter("state").map(row.state()::equals).orElse(true))
                .sorted(wish.descending() ? order.reversed() : order)
                .toList();
        return new Found<>(all.stream().skip(wish.first()).limit(wish.limit()).toList(), all.size());
    }
}
