package io.tenantry.web.billing.reports;

import io.tenantry.billing.reports.RevenueReports;
import io.tenantry.billing.reports.RevenueReports.Margin;
import io.tenantry.billing.reports.RevenueReports.ProductRevenue;
import io.tenantry.billing.reports.RevenueReports.Recurring;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.billing.reports.Reports.BuiltReport;
import io.tenantry.web.billing.reports.Reports.Choice;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The reports of revenue: what was sold, what recurs, what remains of it. */
@RequestScoped
public class RevenueTables {
    private static final Set<String> ADDONS = Set.of("VOLUME", "BACKUP", "SNAPSHOT", "ADDRESS");
    private static final Set<String> TRANSFER = Set.of("TRANSFER", "PACK");
    private static final Set<String> CORRECTIONS = Set.of("CORRECTION");

    @Inject
    RevenueReports revenueReports;

    @Inject
    InvoiceLabels labels;

    @Inject
    DisplayCurrency list;

    @Inject
    Format format;

    BuiltReport revenue(ReportFigures figures) {
        var sold = revenueReports.revenue(list.getCurrency());
        var months = revenueReports.months();
        var byMonth = new ReportTable(
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
                                figures,
                                labels.month(month),
                                sold.stream()
                                        .filter(one -> one.month().equals(month))
                                        .toList()))
                        .toList(),
                groups(figures, format.text("reports.sum"), sold));
        var net = figures.sum(sold, ProductRevenue::net);
        var byKind = new ReportTable(
                "reports.by-kind",
                List.of("reports.product", "reports.net", "reports.tax", "reports.share"),
                kinds(sold).stream()
                        .map(kind -> {
                            var of = sold.stream()
                                    .filter(one -> one.kind().equals(kind))
                                    .toList();
                            return List.of(
                                    ReportFigures.text(figures.kind(kind)),
                                    figures.money(figures.sum(of, ProductRevenue::net)),
                                    figures.money(figures.sum(of, ProductRevenue::tax)),
                                    figures.share(figures.sum(of, ProductRevenue::net), net));
                        })
                        .toList(),
                List.of());
        return new BuiltReport(
                sold.isEmpty() ? List.of() : List.of(byMonth, byKind),
                Optional.of(bars(
                                figures,
                                months,
                                month -> figures.sum(
                                        sold.stream()
                                                .filter(one -> one.month().equals(month))
                                                .toList(),
                                        ProductRevenue::net)))
                        .filter(any -> !sold.isEmpty()),
                List.of(),
                "");
    }

    private static Set<String> kinds(List<ProductRevenue> sold) {
        var kinds = new TreeSet<String>();
        sold.forEach(one -> kinds.add(one.kind()));
        return kinds;
    }

    private static List<Cell> groups(ReportFigures figures, String title, List<ProductRevenue> sold) {
        var cells = new ArrayList<Cell>();
        cells.add(ReportFigures.text(title));
        for (var group : List.<Predicate<String>>of(
                kind -> !ADDONS.contains(kind) && !TRANSFER.contains(kind) && !CORRECTIONS.contains(kind),
                ADDONS::contains,
                TRANSFER::contains,
                CORRECTIONS::contains)) {
            cells.add(figures.money(figures.sum(
                    sold.stream().filter(one -> group.test(one.kind())).toList(), ProductRevenue::net)));
        }
        cells.add(figures.money(figures.sum(sold, ProductRevenue::net)));
        cells.add(figures.money(figures.sum(sold, ProductRevenue::tax)));
        return cells;
    }

    BuiltReport recurring(ReportFigures figures) {
        var found = revenueReports.recurring(list.getCurrency());
        var reportTable = new ReportTable(
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
                                ReportFigures.text(at(one)),
                                figures.money(one.monthly()),
                                figures.money(one.yearly()),
                                figures.count(one.services()),
                                figures.count(one.customers()),
                                figures.count(one.came()),
                                figures.count(one.gone()),
                                one.churn().map(figures::percent).orElse(ReportFigures.text(""))))
                        .toList(),
                List.of());
        return new BuiltReport(
                List.of(reportTable),
                Optional.of(BarChart.of(
                        found.stream()
                                .map(one -> new BarChart.Value(
                                        one.isOver() ? format.monthName(one.month()) : format.text("reports.now"),
                                        one.monthly().amount(),
                                        BigDecimal.ZERO))
                                .toList(),
                        figures::written)),
                List.of(),
                "");
    }

    private String at(Recurring one) {
        return one.isOver() ? labels.month(one.month()) : format.text("reports.now");
    }

    BuiltReport margin(ReportFigures figures, Optional<YearMonth> wanted) {
        var months = revenueReports.settledMonths();
        var month = wanted.filter(months::contains).or(() -> months.stream().findFirst());
        var found = month.map(revenueReports::margins).orElse(List.of());
        var reportTable = new ReportTable(
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
                                figures,
                                ReportFigures.text(one.plan().isEmpty() ? figures.kind(one.kind()) : one.plan()),
                                ReportFigures.text(one.provider()),
                                one.services() == 0 ? ReportFigures.text("") : figures.count(one.services()),
                                List.of(one)))
                        .toList(),
                margin(
                        figures,
                        ReportFigures.text(format.text("reports.sum")),
                        ReportFigures.text(""),
                        ReportFigures.text(""),
                        found));
        return new BuiltReport(
                found.isEmpty() ? List.of() : List.of(reportTable),
                figures.greatest(
                        found,
                        one -> one.plan().isEmpty() ? figures.kind(one.kind()) : one.plan(),
                        Margin::margin,
                        one -> ""),
                months.stream()
                        .map(one -> new Choice(one.toString(), labels.month(one)))
                        .toList(),
                month.map(YearMonth::toString).orElse(""));
    }

    private static List<Cell> margin(ReportFigures figures, Cell plan, Cell provider, Cell services, List<Margin> of) {
        var revenue = figures.sum(of, Margin::revenue);
        var left = figures.sum(of, Margin::margin);
        return List.of(
                plan,
                provider,
                services,
                figures.money(revenue),
                figures.money(figures.sum(of, Margin::wholesale)),
                figures.money(left),
                figures.share(left, revenue));
    }

    private BarChart bars(ReportFigures figures, List<YearMonth> months, Function<YearMonth, Money> of) {
        return BarChart.of(
                months.stream()
                        .map(month -> new BarChart.Value(
                                labels.month(month), of.apply(month).amount(), BigDecimal.ZERO))
                        .toList(),
                figures::written);
    }
}
