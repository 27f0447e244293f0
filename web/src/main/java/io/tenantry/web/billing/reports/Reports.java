package io.tenantry.web.billing.reports;

import io.tenantry.billing.reports.Quarter;
import io.tenantry.billing.reports.Receivables;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.DateText;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** The reports that queries select, as tables and charts; the same for pages and exports. */
@RequestScoped
public class Reports {
    /** The filter for the {@link Report}. */
    static final String OF = "of";

    /** The filter for the month or the quarter. */
    static final String PERIOD = "period";

    @Inject
    RevenueTables revenueTables;

    @Inject
    ReceivablesTables receivablesTables;

    @Inject
    Receivables receivables;

    @Inject
    TenantDirectory tenants;

    @Inject
    DisplayCurrency list;

    @Inject
    Format format;

    /**
     * A report that was built.
     *
     * @param grids its tables; an export contains the first
     * @param bars its chart, if it has one
     * @param periods the months or quarters to choose from
     * @param period the one that is shown; empty for none
     */
    public record BuiltReport(List<ReportTable> grids, Optional<BarChart> bars, List<Choice> periods, String period) {
        /** Returns a report with one table and no choice of periods. */
        static BuiltReport of(ReportTable reportTable, Optional<BarChart> bars) {
            return new BuiltReport(
                    reportTable.lines().isEmpty() ? List.of() : List.of(reportTable), bars, List.of(), "");
        }
    }

    /** A month or quarter to choose. */
    public record Choice(String value, String label) {}

    /** Returns the currency of a report: the chosen one, or that of the ledger if all are converted. */
    public Currency currency(Report report) {
        return report.isOfCurrency() ? list.getCurrency() : tenants.current().currency();
    }

    /** Builds the report that a query selects. */
    public BuiltReport make(ListQuery listQuery) {
        var report = Report.named(listQuery.filter(OF).orElse(""));
        var figures = new ReportFigures(format, currency(report));
        return switch (report) {
            case REVENUE -> revenueTables.revenue(figures);
            case RECURRING -> revenueTables.recurring(figures);
            case MARGIN ->
                revenueTables.margin(figures, listQuery.filter(PERIOD).flatMap(Reports::month));
            case TAXES -> receivablesTables.taxes(figures, receivables.days(listQuery));
            case OSS ->
                receivablesTables.oss(
                        figures,
                        listQuery.filter(PERIOD).flatMap(Quarter::parse).orElseGet(receivables::lastQuarter));
            case DEBTS -> receivablesTables.debts(figures);
            case WALLETS -> receivablesTables.wallets(figures);
        };
    }

    private static Optional<YearMonth> month(String text) {
        return DateText.month(text);
    }
}
