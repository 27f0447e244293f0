package io.tenantry.web.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.reports.AgingBucket;
import io.tenantry.billing.reports.Quarter;
import io.tenantry.billing.reports.Receivables;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.billing.reports.Reports.BuiltReport;
import io.tenantry.web.billing.reports.Reports.Choice;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Countries;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The reports of what is owed: taxes to states, debts of customers, and their credit. */
@RequestScoped
public class ReceivablesTables {
    private static final int QUARTERS = 12;

    @Inject
    Receivables receivables;

    @Inject
    Countries countries;

    @Inject
    DisplayCurrency list;

    @Inject
    Format format;

    BuiltReport taxes(ReportFigures figures, AccountingPeriod days) {
        var found = receivables.taxes(days);
        var reportTable = new ReportTable(
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
                                ReportFigures.text(one.place().isEmpty() ? "" : countries.name(one.place())),
                                ReportFigures.text(format.text(
                                        "reports.treatment." + (one.treatment().isEmpty() ? "NONE" : one.treatment()))),
                                figures.rate(one.percent()),
                                figures.count(one.documents()),
                                figures.money(one.net()),
                                figures.money(one.tax())))
                        .toList(),
                List.of(
                        ReportFigures.text(format.text("reports.sum")),
                        ReportFigures.text(""),
                        ReportFigures.text(""),
                        ReportFigures.text(""),
                        figures.money(figures.sum(found, Receivables.TaxSum::net)),
                        figures.money(figures.sum(found, Receivables.TaxSum::tax))));
        return BuiltReport.of(
                reportTable,
                figures.greatest(
                        found,
                        one -> one.place().isEmpty()
                                ? format.text("reports.treatment.NONE")
                                : countries.name(one.place()),
                        Receivables.TaxSum::tax,
                        one -> ""));
    }

    BuiltReport oss(ReportFigures figures, Quarter quarter) {
        var found = receivables.oss(quarter);
        var reportTable = new ReportTable(
                "reports.oss",
                List.of("reports.quarter", "reports.state", "reports.rate", "reports.net", "reports.tax"),
                found.stream()
                        .map(one -> List.of(
                                one.supplied().equals(quarter)
                                        ? ReportFigures.text(quarter(one.supplied()))
                                        : new Cell(
                                                one.supplied().toString(),
                                                format.text("reports.correction-of", quarter(one.supplied())),
                                                "",
                                                ""),
                                new Cell(one.place(), countries.name(one.place()), one.place(), ""),
                                figures.rate(one.percent()),
                                figures.money(one.net()),
                                figures.money(one.tax())))
                        .toList(),
                List.of(
                        ReportFigures.text(format.text("reports.sum")),
                        ReportFigures.text(""),
                        ReportFigures.text(""),
                        figures.money(figures.sum(found, Receivables.OssSum::net)),
                        figures.money(figures.sum(found, Receivables.OssSum::tax))));
        var newest = receivables.lastQuarter().minus(-1);
        return new BuiltReport(
                found.isEmpty() ? List.of() : List.of(reportTable),
                figures.greatest(found, one -> countries.name(one.place()), Receivables.OssSum::tax, one -> ""),
                Stream.concat(IntStream.range(0, QUARTERS).mapToObj(newest::minus), Stream.of(quarter))
                        .distinct()
                        .map(one -> new Choice(one.toString(), quarter(one)))
                        .toList(),
                quarter.toString());
    }

    private String quarter(Quarter quarter) {
        return format.text("reports.quarter.of", String.valueOf(quarter.number()), String.valueOf(quarter.year()));
    }

    BuiltReport debts(ReportFigures figures) {
        var found = receivables.debts(list.getCurrency());
        var ages = List.<Function<AgingBucket, Money>>of(
                AgingBucket::toThirty, AgingBucket::toSixty, AgingBucket::toNinety, AgingBucket::older);
        var heads = List.of("reports.to-30", "reports.to-60", "reports.to-90", "reports.older");
        var reportTable = new ReportTable(
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
                                        ages.stream().map(age -> figures.money(age.apply(one))),
                                        Stream.of(figures.money(one.owed())))
                                .flatMap(Function.identity())
                                .toList())
                        .toList(),
                Stream.of(
                                Stream.of(ReportFigures.text(format.text("reports.sum"))),
                                ages.stream().map(age -> figures.money(figures.sum(found, age))),
                                Stream.of(figures.money(figures.sum(found, AgingBucket::owed))))
                        .flatMap(Function.identity())
                        .toList());
        return new BuiltReport(
                found.isEmpty() ? List.of() : List.of(reportTable),
                Optional.of(BarChart.of(
                                IntStream.range(0, ages.size())
                                        .mapToObj(age -> new BarChart.Value(
                                                format.text(heads.get(age)),
                                                figures.sum(found, ages.get(age))
                                                        .amount(),
                                                BigDecimal.ZERO))
                                        .toList(),
                                figures::written))
                        .filter(any -> !found.isEmpty()),
                List.of(),
                "");
    }

    BuiltReport wallets(ReportFigures figures) {
        var found = receivables.holdings(list.getCurrency());
        var all = figures.sum(found, Receivables.WalletHolding::amount);
        var reportTable = new ReportTable(
                "reports.wallets",
                List.of("table.customer", "reports.wallet-balance", "reports.share"),
                found.stream()
                        .map(one -> List.of(
                                new Cell(one.name(), one.name(), "", "/staff/customer?id=" + one.organizationId()),
                                figures.money(one.amount()),
                                figures.share(one.amount(), all)))
                        .toList(),
                List.of(ReportFigures.text(format.text("reports.sum")), figures.money(all), ReportFigures.text("")));
        return BuiltReport.of(
                reportTable,
                figures.greatest(
                        found,
                        Receivables.WalletHolding::name,
                        Receivables.WalletHolding::amount,
                        one -> "/staff/customer?id=" + one.organizationId()));
    }
}
