package io.tenantry.web.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.reports.Receivables;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.layout.PageResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report for the selected time. */
@Named
@RequestScoped
public class ReportsPage {
    @Inject
    Reports reports;

    @Inject
    Receivables receivables;

    @Inject
    DisplayCurrency list;

    private String of = "";
    private String from = "";
    private String to = "";
    private String period = "";
    private Reports.BuiltReport builtReport = new Reports.BuiltReport(List.of(), Optional.empty(), List.of(), "");

    /** Loads the report, if the user may view it. */
    public void open() {
        PageResult.load(() -> builtReport = reports.make(query()));
    }

    private ListQuery query() {
        return ListQuery.of(1)
                .with(Reports.OF, of)
                .with(AccountingPeriod.FROM, from)
                .with(AccountingPeriod.TO, to)
                .with(Reports.PERIOD, period);
    }

    /** Returns the report that is shown. */
    public Report getReport() {
        return Report.named(of);
    }

    /** Returns all reports. */
    public List<Report> getAll() {
        return List.of(Report.values());
    }

    public Reports.BuiltReport getMade() {
        return builtReport;
    }

    /** Returns the currency of all amounts. */
    public String getCurrency() {
        return reports.currency(getReport()).getCurrencyCode();
    }

    /** Returns the period that is shown. */
    public AccountingPeriod getDays() {
        return receivables.days(query());
    }

    /** Returns the address of the export, before its extension. */
    public String file(String ending) {
        var address = "/staff/reports." + ending + "?of=" + getReport().getName();
        if (getReport().isOfCurrency()) {
            return list.at(address);
        }
        if (getReport().isOfDays()) {
            return address + "&from=" + getDays().from() + "&to=" + getDays().to();
        }
        return getReport().isOfPeriod() ? address + "&period=" + builtReport.period() : address;
    }

    public String getOf() {
        return of;
    }

    public void setOf(@Nullable String of) {
        this.of = Objects.requireNonNullElse(of, "");
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = Objects.requireNonNullElse(to, "");
    }

    public String getPeriod() {
        return period;
    }

    public void setPeriod(@Nullable String period) {
        this.period = Objects.requireNonNullElse(period, "");
    }
}
