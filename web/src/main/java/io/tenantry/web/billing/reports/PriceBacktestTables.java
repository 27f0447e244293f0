package io.tenantry.web.billing.reports;

import io.tenantry.billing.reports.PriceBacktest;
import io.tenantry.billing.reports.PriceBacktest.Line;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A builder of the tables of a price backtest; the same for pages and exports. */
@RequestScoped
public class PriceBacktestTables {
    /** The columns of an export in which no customer would pay a different amount. */
    static final List<String> FEWEST = List.of(
            "table.customer",
            "reports.services",
            "price-backtest.was",
            "price-backtest.simulated",
            "price-backtest.change",
            "price-backtest.change.share");

    private static final int DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Inject
    WorkLimits limits;

    @Inject
    PriceBacktest priceBacktest;

    @Inject
    Format format;

    /**
     * The input of a backtest and its answer.
     *
     * @param answer empty if the input is invalid, or nothing was charged in the month
     * @param leftOut the customers who are not included in the answer, whether or not there is an answer
     */
    record BacktestQuery(
            PriceBacktestForm form,
            List<PriceBacktest.Subject> subjects,
            Optional<PriceBacktest.BacktestResult> answer,
            PriceBacktest.ExcludedCustomers leftOut) {}

    /** Calculates the answer to the input of an address. */
    BacktestQuery ask(ListQuery listQuery, int customers) {
        var form = PriceBacktestForm.of(listQuery, priceBacktest.months());
        var subjects = priceBacktest.subjects(form.month());
        var checked =
                form.checked(subjects.stream().map(PriceBacktest.Subject::id).collect(Collectors.toUnmodifiableSet()));
        var answer = checked.faults().isEmpty()
                ? limits.within(HeavyWork.PRICE_CALCULATION, () -> priceBacktest.ask(checked.question(), customers))
                : Optional.<PriceBacktest.BacktestResult>empty();
        var leftOut = answer.map(PriceBacktest.BacktestResult::leftOut)
                .orElseGet(() -> priceBacktest.leftOut(form.month(), customers));
        return new BacktestQuery(checked, subjects, answer, leftOut);
    }

    /** Returns the label of a plan or kind of add-on. */
    String name(String id, String name) {
        return name.isEmpty() ? format.text("reports.kind." + id) : name;
    }

    ReportTable plans(PriceBacktest.BacktestResult backtestResult) {
        return new ReportTable(
                "price-backtest.by-plan",
                heads("reports.product", backtestResult),
                backtestResult.plans().stream()
                        .map(line -> line(text(name(line.id(), line.name())), line))
                        .toList(),
                line(text(format.text("reports.sum")), backtestResult.all()));
    }

    ReportTable customers(PriceBacktest.BacktestResult backtestResult) {
        return new ReportTable(
                "price-backtest.by-customer",
                heads("table.customer", backtestResult),
                backtestResult.customers().stream()
                        .map(line -> line(customer(line.name(), line.id()), line))
                        .toList(),
                List.of());
    }

    /** Returns the customers who are not included in the answer, each in the customer's currency. */
    ReportTable leftOut(List<PriceBacktest.ExcludedCustomer> customers) {
        return new ReportTable(
                "price-backtest.left-out.mark",
                List.of("table.customer", "reports.services", "csv.currency", "price-backtest.left-out.charged"),
                customers.stream()
                        .map(one -> List.of(
                                customer(one.name(), one.organizationId().toString()),
                                new Cell(one.services(), format.number(one.services()), "", ""),
                                text(one.was().currency().getCurrencyCode()),
                                money(one.was())))
                        .toList(),
                List.of());
    }

    /**
     * Returns lines of an export of customers with the given number of columns: the answer's columns are empty for customers whom it does not
     * include.
     */
    List<List<Cell>> linesOf(List<PriceBacktest.ExcludedCustomer> customers, int columns) {
        return customers.stream()
                .map(one -> {
                    var cells = new ArrayList<>(List.of(
                            customer(one.name(), one.organizationId().toString()),
                            new Cell(one.services(), format.number(one.services()), "", ""),
                            money(one.was())));
                    while (cells.size() < columns) {
                        cells.add(new Cell(null, "", "", ""));
                    }
                    return List.copyOf(cells);
                })
                .toList();
    }

    private static Cell customer(String name, String id) {
        return new Cell(name, name, "", "/staff/customer?id=" + id);
    }

    private static List<String> heads(String first, PriceBacktest.BacktestResult backtestResult) {
        var heads = new ArrayList<>(FEWEST);
        heads.set(0, first);
        if (backtestResult.all().wholesale().isPresent()) {
            heads.addAll(List.of("price-backtest.margin.was", "price-backtest.margin.would"));
        }
        return heads;
    }

    private List<Cell> line(Cell name, Line line) {
        var cells = new ArrayList<>(List.of(
                name,
                new Cell(line.services(), format.number(line.services()), "", ""),
                money(line.was()),
                money(line.would()),
                money(line.change()),
                share(line)));
        line.wholesale().ifPresent(wholesale -> {
            cells.add(money(line.was().minus(wholesale)));
            cells.add(money(line.would().minus(wholesale)));
        });
        return cells;
    }

    private Cell share(Line line) {
        if (line.was().isZero()) {
            return text("");
        }
        var percent = line.change()
                .amount()
                .divide(line.was().amount(), DECIMALS, RoundingMode.HALF_UP)
                .multiply(HUNDRED)
                .setScale(1, RoundingMode.HALF_UP);
        return new Cell(percent, format.tenths(percent), "", "");
    }

    private static Cell text(String text) {
        return new Cell(text, text, "", "");
    }

    private Cell money(Money money) {
        return new Cell(money.amount(), format.money(money), format.money(money, true, false), "");
    }
}
