package io.tenantry.web.gallery;

import io.tenantry.config.Settings;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.billing.reports.ReportTable;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.chart.Sparkline;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
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

/** All components of the pages in all their states. Available only in a demo or by a setting: elsewhere there is no such page. */
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
    Format format;

    @Inject
    Tables tables;

    private @Nullable Table<Row> table;

    /** A row of the sample list. */
    public record Row(String name, String state, Money cost) {}

    /** Responds with 404 unless this is a demo or the gallery is enabled by the server's settings. */
    public void open() {
        PageResult.load(() -> {
            if (!settings.gallery()) {
                throw new NotFoundException("page", "gallery");
            }
        });
    }

    public Money getAmount() {
        return Money.of("1234.5678", "EUR");
    }

    public List<Money> getAmounts() {
        return List.of(getAmount(), Money.of("3.10", "USD"));
    }

    public Money getNegative() {
        return Money.of("-12.50", "EUR");
    }

    public Instant getNow() {
        return clock.instant();
    }

    /** Returns the instant that is a number of hours from now. */
    public Instant in(int hours) {
        return clock.instant().plus(Duration.ofHours(hours));
    }

    public List<String> getStates() {
        return STATES;
    }

    public BarChart getBars() {
        return BarChart.of(
                IntStream.rangeClosed(1, 24)
                        .mapToObj(hour -> new BarChart.Value(
                                hour + ":00",
                                BigDecimal.valueOf((hour * 37L) % 23),
                                BigDecimal.valueOf((hour * 17L) % 19)))
                        .toList(),
                amount -> format.money(Money.of(amount.toPlainString(), "EUR")));
    }

    public Sparkline getSpark() {
        return Sparkline.of(IntStream.range(0, 20)
                .mapToObj(at -> BigDecimal.valueOf((7L * at * at) % 31))
                .toList());
    }

    /** Returns a table of a report with its sum. */
    public ReportTable getGrid() {
        return new ReportTable(
                "nav.reports",
                List.of("service.name", "service.this-month"),
                List.of(List.of(cell("server-101"), amount("12.50")), List.of(cell("server-102"), amount("-2.50"))),
                List.of(cell("="), amount("10")));
    }

    private static ReportTable.Cell cell(String text) {
        return new ReportTable.Cell(text, text, "", "");
    }

    private ReportTable.Cell amount(String figure) {
        return new ReportTable.Cell(new BigDecimal(figure), format.money(Money.of(figure, "EUR")), "", "");
    }

    /** Returns a list of forty rows, or of none. */
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
                            format.text("table.any"),
                            STATES.stream()
                                    .map(state -> new Filter.Choice(state, format.state(state)))
                                    .toList())),
                    GalleryPage::find);
            table = known;
        }
        return known;
    }

    private static ResultPage<Row> find(ListQuery listQuery) {
        var order = listQuery.sort().equals("cost")
                ? Comparator.comparing((Row row) -> row.cost().amount())
                : Comparator.comparing(Row::name);
        var all = IntStream.rangeClosed(1, 40)
                .mapToObj(at -> new Row(
                        "server-" + (100 + at),
                        STATES.get(at % STATES.size()),
                        Money.of(Integer.toString(at * 13 % 29), "EUR")))
                .filter(row -> row.name().contains(listQuery.search())
                        && listQuery.filter("state").map(row.state()::equals).orElse(true))
                .sorted(listQuery.descending() ? order.reversed() : order)
                .toList();
        return new ResultPage<>(
                all.stream().skip(listQuery.first()).limit(listQuery.limit()).toList(), all.size());
    }
}
