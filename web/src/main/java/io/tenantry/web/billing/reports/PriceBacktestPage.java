package io.tenantry.web.billing.reports;

import io.tenantry.billing.reports.PriceBacktest;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.billing.invoicing.InvoiceLabels;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.ListAddress;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The revenue of a month under other prices; its address contains the whole input. */
@Named
@RequestScoped
public class PriceBacktestPage {
    private static final String HERE = "/staff/price-backtest";

    @Inject
    HttpServletRequest request;

    @Inject
    PriceBacktestTables tables;

    @Inject
    PriceBacktest priceBacktest;

    @Inject
    InvoiceLabels labels;

    @Inject
    TenantDirectory tenants;

    @Inject
    Format format;

    private PriceBacktestTables.@Nullable BacktestQuery backtestQuery;

    /** A plan and a price as entered, with their errors. */
    public record PriceField(int number, String subject, String monthly, String planFault, String priceFault) {}

    /** Runs the calculation, if the user may view it. */
    public void open() {
        PageResult.load(() -> backtestQuery = tables.ask(address().listQuery(), PriceBacktest.CUSTOMERS_SHOWN));
    }

    private ListAddress address() {
        return ListAddress.of(HERE, PriceBacktestForm.fields(), request);
    }

    private PriceBacktestTables.BacktestQuery asked() {
        return Objects.requireNonNull(backtestQuery);
    }

    /** Returns the months to choose from. */
    public List<Reports.Choice> getMonths() {
        return priceBacktest.months().stream()
                .map(month -> new Reports.Choice(month.toString(), labels.month(month)))
                .toList();
    }

    public String getMonth() {
        return asked().form().month().toString();
    }

    public String getPercent() {
        return asked().form().percent();
    }

    /** Returns the plans and add-ons to choose from. */
    public List<Reports.Choice> getSubjects() {
        return asked().subjects().stream()
                .map(one -> new Reports.Choice(one.id(), tables.name(one.id(), one.name())))
                .toList();
    }

    public List<PriceField> getPrices() {
        return asked().form().prices().stream()
                .map(price -> new PriceField(
                        price.number(),
                        price.subject(),
                        price.monthly(),
                        fault("plan" + price.number()),
                        fault("price" + price.number())))
                .toList();
    }

    /** Returns the error of a field; empty if there is none. */
    public String fault(String field) {
        return Optional.ofNullable(asked().form().faults().get(field))
                .map(format::text)
                .orElse("");
    }

    public boolean isFaulty() {
        return !asked().form().faults().isEmpty();
    }

    /** Returns the answer; null if nothing was charged. */
    public PriceBacktest.@Nullable BacktestResult getAnswer() {
        return asked().answer().orElse(null);
    }

    public List<ReportTable> getGrids() {
        return asked().answer()
                .map(backtestResult -> List.of(tables.plans(backtestResult), tables.customers(backtestResult)))
                .orElse(List.of());
    }

    /** Returns the customers who are not included in the answer. */
    public PriceBacktest.ExcludedCustomers getLeftOut() {
        return asked().leftOut();
    }

    /** Returns the same customers as a table. */
    public ReportTable getLeftOutGrid() {
        return tables.leftOut(getLeftOut().first());
    }

    /** Returns the reason why they are not included, and how many of them the page lists if not all. */
    public String getLeftOutText() {
        var leftOut = getLeftOut();
        var why = format.text("price-backtest.left-out.text", getCurrency());
        var shown = leftOut.first().size();
        return shown == leftOut.lines() ? why : why + " " + format.text("reports.cut", shown, leftOut.lines());
    }

    /** Returns the currency of all amounts. */
    public String getCurrency() {
        return tenants.current().currency().getCurrencyCode();
    }

    /** Returns the address of the export of all customers, by its extension. */
    public String file(String ending) {
        return HERE + "." + ending + "?"
                + address().chosen().entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
