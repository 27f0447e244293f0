package io.tenantry.web.settlement;

import io.tenantry.invoicing.Corrections;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.settlement.ResellerGroups;
import io.tenantry.settlement.SettlementBooks.Head;
import io.tenantry.text.DateText;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** A month of all groups of resellers as a file, a line for each settlement and each credit note. */
@WebServlet({"/console/settlement-groups.csv", "/console/settlement-groups.xlsx"})
public class GroupsFile extends ListFile<GroupsFile.Line> {
    private static final long serialVersionUID = 1L;
    private static final String MONTH = "month";

    @Inject
    transient ResellerGroups groups;

    /** A settlement or a credit note, and the group it is read with. */
    record Line(String group, Head head) {}

    @Override
    protected String title() {
        return "groups.title";
    }

    @Override
    protected List<String> filters() {
        return List.of(MONTH);
    }

    @Override
    protected List<Field<Line>> fields() {
        return List.of(
                new Field<>("groups.group", Line::group),
                new Field<>("invoicing.month", line -> line.head().month().toString()),
                new Field<>("settlement.reseller", line -> line.head().tenant().value()),
                new Field<>("groups.number", line -> line.head().number()),
                new Field<>(
                        "settlement.credit.of",
                        line -> line.head()
                                .corrects()
                                .map(Corrections.Reference::number)
                                .orElse("")),
                new Field<>(
                        "runs.state",
                        line -> line.head().isCredit() ? "CREDIT" : line.head().state()),
                new Field<>(
                        "csv.currency", line -> line.head().total().currency().getCurrencyCode()),
                amount("settlement.revenue", Head::revenue),
                amount("settlement.wholesale", Head::wholesale),
                amount("settlement.fees", Head::fees),
                amount("settlement.total", Head::total),
                amount("settlement.margin", Head::margin));
    }

    private static Field<Line> amount(String title, Function<Head, Money> part) {
        return new Field<>(title, line -> coins(part.apply(line.head())));
    }

    private static BigDecimal coins(Money money) {
        return money.amount().setScale(Math.max(0, money.currency().getDefaultFractionDigits()));
    }

    @Override
    protected List<Line> rows(Wish wish) {
        var month = wish.filter(MONTH).flatMap(DateText::month).or(groups::latest);
        var lines = month.map(groups::statements).orElse(List.of()).stream()
                .flatMap(statement -> statement.heads().stream()
                        .map(head -> new Line(statement.group().name(), head)))
                .toList();
        return lines.subList(Math.min(wish.first(), lines.size()), Math.min(wish.first() + wish.limit(), lines.size()));
    }
}
