package io.tenantry.web.reports;

import io.tenantry.limits.HeavyWork;
import io.tenantry.limits.WorkLimits;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.reports.WhatIf;
import io.tenantry.reports.WhatIf.Line;
import io.tenantry.web.reports.Grid.Cell;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes tables of what would be; the same for pages and for files. */
@RequestScoped
public class WhatIfTables {
    /** The columns of a file in which nobody would pay something else. */
    static final List<String> FEWEST = List.of(
            "table.customer",
            "reports.services",
            "what-if.was",
            "what-if.would",
            "what-if.change",
            "what-if.change.share");

    private static final int DECIMALS = 4;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Inject
    WorkLimits limits;

    @Inject
    WhatIf whatIf;

    @Inject
    Fmt fmt;

    /**
     * What was asked, and what would be.
     *
     * @param answer empty if something is wrong with the question, or nothing was charged in the month
     * @param leftOut customers whom the answer does not count, whether or not there is one
     */
    record Asked(
            WhatIfForm form,
            List<WhatIf.Subject> subjects,
            Optional<WhatIf.Answer> answer,
            WhatIf.AllLeftOut leftOut) {}

    /** Asks what an address asks. */
    Asked ask(Wish wish, int customers) {
        var form = WhatIfForm.of(wish, whatIf.months());
        var subjects = whatIf.subjects(form.month());
        var checked = form.checked(subjects.stream().map(WhatIf.Subject::id).collect(Collectors.toUnmodifiableSet()));
        var answer = checked.faults().isEmpty()
                ? limits.within(HeavyWork.PRICE_CALCULATION, () -> whatIf.ask(checked.question(), customers))
                : Optional.<WhatIf.Answer>empty();
        var leftOut = answer.map(WhatIf.Answer::leftOut).orElseGet(() -> whatIf.leftOut(form.month(), customers));
        return new Asked(checked, subjects, answer, leftOut);
    }

    /** What a plan or kind of option is called. */
    String name(String id, String name) {
        return name.isEmpty() ? fmt.text("reports.kind." + id) : name;
    }

    Grid plans(WhatIf.Answer answer) {
        return new Grid(
                "what-if.by-plan",
                heads("reports.product", answer),
                answer.plans().stream()
                        .map(line -> line(text(name(line.id(), line.name())), line))
                        .toList(),
                line(text(fmt.text("reports.sum")), answer.all()));
    }

    Grid customers(WhatIf.Answer answer) {
        return new Grid(
                "what-if.by-customer",
                heads("table.customer", answer),
                answer.customers().stream()
                        .map(line -> line(customer(line.name(), line.id()), line))
                        .toList(),
                List.of());
    }

    /** Customers whom the answer does not count, each in its own currency. */
    Grid leftOut(List<WhatIf.LeftOut> customers) {
        return new Grid(
                "what-if.left-out.mark",
                List.of("table.customer", "reports.services", "csv.currency", "what-if.left-out.charged"),
                customers.stream()
                        .map(one -> List.of(
                                customer(one.name(), one.organizationId().toString()),
                                new Cell(one.services(), fmt.number(one.services()), "", ""),
                                text(one.was().currency().getCurrencyCode()),
                                money(one.was())))
                        .toList(),
                List.of());
    }

    /** As lines of a file of customers with so many columns: what would be is not known of those whom the answer does not count. */
    List<List<Cell>> linesOf(List<WhatIf.LeftOut> customers, int columns) {
        return customers.stream()
                .map(one -> {
                    var cells = new ArrayList<>(List.of(
                            customer(one.name(), one.organizationId().toString()),
                            new Cell(one.services(), fmt.number(one.services()), "", ""),
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

    private static List<String> heads(String first, WhatIf.Answer answer) {
        var heads = new ArrayList<>(FEWEST);
        heads.set(0, first);
        if (answer.all().wholesale().isPresent()) {
            heads.addAll(List.of("what-if.margin.was", "what-if.margin.would"));
        }
        return heads;
    }

    private List<Cell> line(Cell name, Line line) {
        var cells = new ArrayList<>(List.of(
                name,
                new Cell(line.services(), fmt.number(line.services()), "", ""),
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
        return new Cell(percent, fmt.tenths(percent), "", "");
    }

    private static Cell text(String text) {
        return new Cell(text, text, "", "");
    }

    private Cell money(Money money) {
        return new Cell(money.amount(), fmt.money(money), fmt.money(money, true, false), "");
    }
}
