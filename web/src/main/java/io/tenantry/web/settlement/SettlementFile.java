package io.tenantry.web.settlement;

import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.settlement.SettlementQuery.Line;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The export of a settlement's lines with exact amounts, for the reseller and for operators. */
@WebServlet({
    "/staff/settlement.csv",
    "/staff/settlement.xlsx",
    "/admin/settlements/document.csv",
    "/admin/settlements/document.xlsx"
})
public class SettlementFile extends ListFile<Line> {
    private static final long serialVersionUID = 1L;
    private static final String OF = "of";

    @Inject
    transient SettlementQuery settlementQuery;

    @Inject
    transient SettlementLabels labels;

    @Override
    protected String title() {
        return "settlement.one";
    }

    @Override
    protected List<String> filters() {
        return List.of(OF);
    }

    @Override
    protected List<Field<Line>> fields() {
        return List.of(
                new Field<>("settlement.file.what", labels::what),
                new Field<>("settlement.file.provider", Line::provider),
                new Field<>("invoicing.month", line -> line.month().toString()),
                new Field<>("settlement.file.late", line -> line.lateTo().orElse("")),
                new Field<>("settlement.services", Line::services),
                new Field<>("settlement.hours", Line::hours),
                new Field<>("settlement.file.quantity", Line::quantity),
                new Field<>("settlement.file.rate", Line::rate),
                new Field<>("csv.currency", line -> line.amount().currency().getCurrencyCode()),
                new Field<>("settlement.revenue", line -> line.revenue().amount()),
                new Field<>("settlement.total", line -> line.amount().amount()),
                new Field<>("settlement.margin", line -> line.margin().amount()));
    }

    @Override
    protected List<Line> rows(ListQuery listQuery) {
        var which = listQuery.filter(OF).orElse("");
        var lines = settlementQuery
                .document(id(which).orElseThrow(() -> new NotFoundException("settlement", which)))
                .lines();
        return lines.subList(
                Math.min(listQuery.first(), lines.size()),
                Math.min(listQuery.first() + listQuery.limit(), lines.size()));
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
