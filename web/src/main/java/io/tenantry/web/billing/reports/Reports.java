package io.tenantry.web.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.reports.AgingBucket;
import io.tenantry.billing.reports.Quarter;
import io.tenantry.billing.reports.Receivables;
import io.tenantry.billing.reports.RevenueReports;
import io.tenantry.billing.reports.RevenueReports.Margin;
import io.tenantry.billing.reports.RevenueReports.Recurring;
import io.tenantry.billing.reports.RevenueReports.Sold;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.catalog.fx.PriceList;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A builder of the tables and charts of reports; the same for pages and exports. */
@RequestScoped
public class Reports {
    /** The filter for the {@link Report}. */
    static final String OF = "of";

    /** The filter for the month or the quarter. */
    static final String PERIOD = "period";

    private static final int QUARTERS = 12;
    private static final int BARS_MAX = 8;
    private static final int DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final Set<String> OPTIONS = Set.of("VOLUME", "BACKUP", "SNAPSHOT", "ADDRESS");
    private static final Set<String> TRANSFER = Set.of("TRANSFER", "PACK");
    private static final Set<String> CORRECTIONS = Set.of("CORRECTION");

    @Inject
    RevenueReports revenueReports;

    @Inject
    Receivables receivables;

    @Inject
    TenantDirectory tenants;

    @Inject
    InvoiceLabels words;

    @Inject
    Countries countries;

    @Inject
    PriceList list;

    @Inject
    Format format;

    private @Nullable Currency currency;

    private Currency currency() {
        return Objects.requireNonNull(currency, "make() must be called first");
    }

    /**
     * A report that was built.
     *
     * @param grids its tables; an export contains the first
     * @param bars its chart, if it has one
     * @param periods the months or quarters to choose from
     * @param period the one that is shown; empty for none
     */
    public record Made(List<ReportTable> grids, Optional<BarChart> bars, List<Choice> periods, String period) {}

    /** A month or quarter to choose. */
    public record Choice(String value, String label) {}

    /** Returns the currency of a report: the chosen one, or that of the ledger if all are converted. */
    public Currency currency(Report report) {
        return report.isOfCurrency() ? list.getCurrency() : tenants.current().currency();
    }

    /** Builds the report that a query selects. */
    public Made make(ListQuery listQuery) {
        var report = Report.named(listQuery.filter(OF).orElse(""));
        currency = currency(report);
        return switch (report) {
            case REVENUE -> revenue();
            case RECURRING -> recurring();
            case MARGIN -> margin(listQuery.filter(PERIOD).flatMap(Reports::month));
            case TAXES -> taxes(receivables.days(listQuery));
            case OSS -> oss(listQuery.filter(PERIOD).flatMap(Quarter::parse).orElseGet(receivables::lastQuarter));
            case DEBTS -> debts();
            case WALLETS -> wallets();
        };
    }

    private Made revenue() {
        var sold = revenueReports.revenue(list.getCurrency());
        var months = revenueReports.months();
        var byMonth = grid(
                "reports.by-month",
                List.of(
                        "reports.month",
                        "reports.servers",
                        "reports.addons",
                        "reports.transfer",
                        "reports.corrections",
                        "reports.net",
                        "reports.tax"),
                months.stream()
                        .map(month -> groups(
                                words.month(month),
                                sold.stream()
                                        .filter(one -> one.month().equals(month))
                                        .toList()))
                        .toList(),
                groups(format.text("reports.sum"), sold));
        var net = sum(sold, Sold::net);
        var byKind = grid(
                "reports.by-kind",
                List.of("reports.product", "reports.net", "reports.tax", "reports.share"),
                kinds(sold).stream()
                        .map(kind -> {
                            var of = sold.stream()
                                    .filter(one -> one.kind().equals(kind))
                                    .toList();
                            return List.of(
                                    text(kind(kind)),
                                    money(sum(of, Sold::net)),
                                    money(sum(of, Sold::tax)),
                                    share(sum(of, Sold::net), net));
                        })
                        .toList(),
                List.of());
        return new Made(
                sold.isEmpty() ? List.of() : List.of(byMonth, byKind),
                Optional.of(bars(
                                months,
                                month -> sum(
                                        sold.stream()
                                                .filter(one -> one.month().equals(month))
                                                .toList(),
                                        Sold::net)))
                        .filter(any -> !sold.isEmpty()),
                List.of(),
                "");
    }

    private static Set<String> kinds(List<Sold> sold) {
        var kinds = new TreeSet<String>();
        sold.forEach(one -> kinds.add(one.kind()));
        return kinds;
    }

    private List<Cell> groups(String title, List<Sold> sold) {
        var cells = new ArrayList<Cell>();
        cells.add(text(title));
        for (var group : List.<Predicate<String>>of(
                kind -> !OPTIONS.contains(kind) && !TRANSFER.contains(kind) && !CORRECTIONS.contains(kind),
                OPTIONS::contains,
                TRANSFER::contains,
                CORRECTIONS::contains)) {
            cells.add(money(
                    sum(sold.stream().filter(one -> group.test(one.kind())).toList(), Sold::net)));
        }
        cells.add(money(sum(sold, Sold::net)));
        cells.add(money(sum(sold, Sold::tax)));
        return cells;
    }

    private Made recurring() {
        var found = revenueReports.recurring(list.getCurrency());
        var reportTable = grid(
                "reports.recurring",
                List.of(
                        "reports.at-end",
                        "reports.mrr",
                        "reports.arr",
                        "reports.services",
                        "reports.customers",
                        "reports.came",
                        "reports.churned",
                        "reports.churn"),
                found.stream()
                        .map(one -> List.of(
                                text(at(one)),
                                money(one.monthly()),
                                money(one.yearly()),
                                count(one.services()),
                                count(one.customers()),
                                count(one.came()),
                                count(one.gone()),
                                one.churn().map(this::percent).orElse(text(""))))
                        .toList(),
                List.of());
        return new Made(
                List.of(reportTable),
                Optional.of(BarChart.of(
                        found.stream()
                                .map(one -> new BarChart.Value(
                                        one.isOver() ? format.monthName(one.month()) : format.text("reports.now"),
                                        one.monthly().amount(),
                                        BigDecimal.ZERO))
                                .toList(),
                        this::written)),
                List.of(),
                "");
    }

    private String at(Recurring one) {
        return one.isOver() ? words.month(one.month()) : format.text("reports.now");
    }

    private Made margin(Optional<YearMonth> wanted) {
        var months = revenueReports.settledMonths();
        var month = wanted.filter(months::contains).or(() -> months.stream().findFirst());
        var found = month.map(revenueReports::margins).orElse(List.of());
        var reportTable = grid(
                "reports.margin",
                List.of(
                        "reports.plan",
                        "reports.provider",
                        "reports.services",
                        "reports.net",
                        "reports.wholesale",
                        "reports.left",
                        "reports.left.share"),
                found.stream()
                        .map(one -> margin(
                                text(one.plan().isEmpty() ? kind(one.kind()) : one.plan()),
                                text(one.provider()),
                                one.services() == 0 ? text("") : count(one.services()),
                                List.of(one)))
                        .toList(),
                margin(text(format.text("reports.sum")), text(""), text(""), found));
        return new Made(
                found.isEmpty() ? List.of() : List.of(reportTable),
                greatest(found, one -> one.plan().isEmpty() ? kind(one.kind()) : one.plan(), Margin::margin, one -> ""),
                months.stream()
                        .map(one -> new Choice(one.toString(), words.month(one)))
                        .toList(),
                month.map(YearMonth::toString).orElse(""));
    }

    private List<Cell> margin(Cell plan, Cell provider, Cell services, List<Margin> of) {
        var revenue = sum(of, Margin::revenue);
        var left = sum(of, Margin::margin);
        return List.of(
                plan,
                provider,
                services,
                money(revenue),
                money(sum(of, Margin::wholesale)),
                money(left),
                share(left, revenue));
    }

    private Made taxes(AccountingPeriod days) {
        var found = receivables.taxes(days);
        var reportTable = grid(
                "reports.taxes",
                List.of(
                        "reports.country",
                        "reports.treatment",
                        "reports.rate",
                        "reports.documents",
                        "reports.net",
                        "reports.tax"),
                found.stream()
                        .map(one -> List.of(
                                text(one.place().isEmpty() ? "" : countries.name(one.place())),
                                text(format.text(
                                        "reports.treatment." + (one.treatment().isEmpty() ? "NONE" : one.treatment()))),
                                rate(one.percent()),
                                count(one.documents()),
                                money(one.net()),
                                money(one.tax())))
                        .toList(),
                List.of(
                        text(format.text("reports.sum")),
                        text(""),
                        text(""),
                        text(""),
                        money(sum(found, Receivables.TaxSum::net)),
                        money(sum(found, Receivables.TaxSum::tax))));
        return alone(
                reportTable,
                greatest(
                        found,
                        one -> one.place().isEmpty()
                                ? format.text("reports.treatment.NONE")
                                : countries.name(one.place()),
                        Receivables.TaxSum::tax,
                        one -> ""));
    }

    private Made oss(Quarter quarter) {
        var found = receivables.oss(quarter);
        var reportTable = grid(
                "reports.oss",
                List.of("reports.quarter", "reports.state", "reports.rate", "reports.net", "reports.tax"),
                found.stream()
                        .map(one -> List.of(
                                one.supplied().equals(quarter)
                                        ? text(quarter(one.supplied()))
                                        : new Cell(
                                                one.supplied().toString(),
                                                format.text("reports.correction-of", quarter(one.supplied())),
                                                "",
                                                ""),
                                new Cell(one.place(), countries.name(one.place()), one.place(), ""),
                                rate(one.percent()),
                                money(one.net()),
                                money(one.tax())))
                        .toList(),
                List.of(
                        text(format.text("reports.sum")),
                        text(""),
                        text(""),
                        money(sum(found, Receivables.OssSum::net)),
                        money(sum(found, Receivables.OssSum::tax))));
        var newest = receivables.lastQuarter().minus(-1);
        return new Made(
                found.isEmpty() ? List.of() : List.of(reportTable),
                greatest(found, one -> countries.name(one.place()), Receivables.OssSum::tax, one -> ""),
                Stream.concat(IntStream.range(0, QUARTERS).mapToObj(newest::minus), Stream.of(quarter))
                        .distinct()
                        .map(one -> new Choice(one.toString(), quarter(one)))
                        .toList(),
                quarter.toString());
    }

    private String quarter(Quarter quarter) {
        return format.text("reports.quarter.of", String.valueOf(quarter.number()), String.valueOf(quarter.year()));
    }

    private Made debts() {
        var found = receivables.debts(list.getCurrency());
        var ages = List.<Function<AgingBucket, Money>>of(
                AgingBucket::toThirty, AgingBucket::toSixty, AgingBucket::toNinety, AgingBucket::older);
        var heads = List.of("reports.to-30", "reports.to-60", "reports.to-90", "reports.older");
        var reportTable = grid(
                "reports.debts",
                Stream.of(List.of("table.customer"), heads, List.of("reports.owed"))
                        .flatMap(List::stream)
                        .toList(),
                found.stream()
                        .map(one -> Stream.of(
                                        Stream.of(new Cell(
                                                one.name(),
                                                one.name(),
                                                "",
                                                "/staff/customer-dunning?organization=" + one.organizationId())),
                                        ages.stream().map(age -> money(age.apply(one))),
                                        Stream.of(money(one.owed())))
                                .flatMap(Function.identity())
                                .toList())
                        .toList(),
                Stream.of(
                                Stream.of(text(format.text("reports.sum"))),
                                ages.stream().map(age -> money(sum(found, age))),
                                Stream.of(money(sum(found, AgingBucket::owed))))
                        .flatMap(Function.identity())
                        .toList());
        return new Made(
                found.isEmpty() ? List.of() : List.of(reportTable),
                Optional.of(BarChart.of(
                                IntStream.range(0, ages.size())
                                        .mapToObj(age -> new BarChart.Value(
                                                format.text(heads.get(age)),
                                                sum(found, ages.get(age)).amount(),
                                                BigDecimal.ZERO))
                                        .toList(),
                                this::written))
                        .filter(any -> !found.isEmpty()),
                List.of(),
                "");
    }

    private Made wallets() {
        var found = receivables.holdings(list.getCurrency());
        var all = sum(found, Receivables.Holding::amount);
        var reportTable = grid(
                "reports.wallets",
                List.of("table.customer", "reports.wallet-balance", "reports.share"),
                found.stream()
                        .map(one -> List.of(
                                new Cell(one.name(), one.name(), "", "/staff/customer?id=" + one.organizationId()),
                                money(one.amount()),
                                share(one.amount(), all)))
                        .toList(),
                List.of(text(format.text("reports.sum")), money(all), text("")));
        return alone(
                reportTable,
                greatest(
                        found,
                        Receivables.Holding::name,
                        Receivables.Holding::amount,
                        one -> "/staff/customer?id=" + one.organizationId()));
    }

    private static Made alone(ReportTable reportTable, Optional<BarChart> bars) {
        return new Made(reportTable.lines().isEmpty() ? List.of() : List.of(reportTable), bars, List.of(), "");
    }

    /** Returns a chart of the sums by name: those furthest from zero, the greatest first; empty if all are zero. */
    private <T> Optional<BarChart> greatest(
            List<T> rows, Function<T, String> name, Function<T, Money> of, Function<T, String> href) {
        var sums = new LinkedHashMap<String, Money>();
        var links = new HashMap<String, String>();
        for (var row : rows) {
            sums.merge(name.apply(row), of.apply(row), Money::plus);
            links.put(name.apply(row), href.apply(row));
        }
        var shown = sums.entrySet().stream()
                .filter(one -> !one.getValue().isZero())
                .sorted(Comparator.comparing(
                        (Map.Entry<String, Money> one) ->
                                one.getValue().amount().abs(),
                        Comparator.reverseOrder()))
                .limit(BARS_MAX)
                .sorted(Map.Entry.<String, Money>comparingByValue().reversed())
                .map(one -> new BarChart.Value(
                        one.getKey(),
                        one.getValue().amount(),
                        BigDecimal.ZERO,
                        Objects.requireNonNullElse(links.get(one.getKey()), "")))
                .toList();
        return Optional.of(shown).filter(some -> !some.isEmpty()).map(some -> BarChart.named(some, this::written));
    }

    private BarChart bars(List<YearMonth> months, Function<YearMonth, Money> of) {
        return BarChart.of(
                months.stream()
                        .map(month -> new BarChart.Value(
                                words.month(month), of.apply(month).amount(), BigDecimal.ZERO))
                        .toList(),
                this::written);
    }

    private String written(BigDecimal amount) {
        return format.money(new Money(amount, currency()));
    }

    private static ReportTable grid(String title, List<String> heads, List<List<Cell>> lines, List<Cell> sum) {
        return new ReportTable(title, heads, lines, sum);
    }

    private <T> Money sum(List<T> rows, Function<T, Money> of) {
        return rows.stream().map(of).reduce(Money.zero(currency()), Money::plus);
    }

    private String kind(String kind) {
        return format.text("reports.kind." + kind);
    }

    private static Cell text(String text) {
        return new Cell(text, text, "", "");
    }

    private Cell money(Money money) {
        return new Cell(money.amount(), format.money(money), format.money(money, true, false), "");
    }

    private Cell count(int count) {
        return new Cell(count, format.number(count), "", "");
    }

    /** Returns a cell with a percentage rate. */
    private Cell rate(BigDecimal percent) {
        return new Cell(percent, format.number(percent), "", "");
    }

    /** Returns a cell with a share as a percentage with one decimal. */
    private Cell percent(BigDecimal share) {
        var hundredths = share.multiply(HUNDRED).setScale(1, RoundingMode.HALF_UP);
        return new Cell(hundredths, format.tenths(hundredths), "", "");
    }

    private Cell share(Money part, Money whole) {
        return whole.isZero()
                ? text("")
                : percent(part.amount().divide(whole.amount(), DECIMALS, RoundingMode.HALF_UP));
    }

    private static Optional<YearMonth> month(String text) {
        return DateText.month(text);
    }
}
