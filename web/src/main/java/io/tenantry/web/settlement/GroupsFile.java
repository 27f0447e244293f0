package io.tenantry.web.settlement;

import io.tenantry.billing.invoicing.InvoiceReferences;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.settlement.ResellerGroups;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.text.DateText;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** A month of all groups of resellers as a file, a line for each settlement and each credit note. */
@WebServlet({"/admin/settlement-groups.csv", "/admin/settlement-groups.xlsx"})
public class GroupsFile extends ListFile<GroupsFile.Line> {
    private static final long serialVersionUID = 1L;
    private static final String MONTH = "month";

    @Inject
    transient ResellerGroups groups;

    /** A settlement or a credit note, with its group. */
    record Line(String group, SettlementSummary head) {}

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
                                .map(InvoiceReferences.Reference::number)
                                .orElse("")),
                new Field<>(
                        "runs.state",
                        line -> line.head().isCredit() ? "CREDIT" : line.head().state()),
                new Field<>(
                        "csv.currency", line -> line.head().total().currency().getCurrencyCode()),
                amount("settlement.revenue", SettlementSummary::revenue),
                amount("settlement.wholesale", SettlementSummary::wholesale),
                amount("settlement.fees", SettlementSummary::fees),
                amount("settlement.total", SettlementSummary::total),
                amount("settlement.margin", SettlementSummary::margin));
    }

    private static Field<Line> amount(String title, Function<SettlementSummary, Money> part) {
        return new Field<>(title, line -> coins(part.apply(line.head())));
    }

    private static BigDecimal coins(Money money) {
        return money.amount().setScale(Math.max(0, money.currency().getDefaultFractionDigits()));
    }

    @Override
    protected List<Line> rows(ListQuery listQuery) {
        var month = listQuery.filter(MONTH).flatMap(DateText::month).or(groups::latest);
        var lines = month.map(groups::statements).orElse(List.of()).stream()
                .flatMap(statement -> statement.heads().stream()
                        .map(settlementSummary -> new Line(statement.group().name(), settlementSummary)))
                .toList();
        return lines.subList(
                Math.min(listQuery.first(), lines.size()),
                Math.min(listQuery.first() + listQuery.limit(), lines.size()));
    }
}
