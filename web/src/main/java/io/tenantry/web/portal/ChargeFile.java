package io.tenantry.web.portal;

import io.tenantry.billing.charging.ChargeBreakdown;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The export of the parts of a charge. The use case decides who may view the wallet. */
@WebServlet({"/portal/charge.csv", "/portal/charge.xlsx", "/staff/charge.csv", "/staff/charge.xlsx"})
public class ChargeFile extends ListFile<ChargeBreakdown.Part> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ChargeBreakdown parts;

    @Inject
    transient ChargeColumns columns;

    @Override
    protected String title() {
        return "charge.title";
    }

    @Override
    protected List<String> filters() {
        return ChargeColumns.FILTERS;
    }

    @Override
    protected List<Field<ChargeBreakdown.Part>> fields() {
        return columns.fields();
    }

    @Override
    protected List<ChargeBreakdown.Part> rows(ListQuery listQuery) {
        var wallet = QueryParameters.id(listQuery.filter(ChargeColumns.WALLET).orElse(null))
                .orElseThrow(() -> new NotFoundException("wallet", ""));
        var breakdownQuery = ChargeBreakdown.BreakdownQuery.of(
                wallet,
                listQuery.filter(ChargeColumns.ENTRY).orElse(null),
                listQuery.filter(ChargeColumns.DAY).orElse(null));
        // By number without a key: the entries of a charge never change.
        return parts.rows(breakdownQuery, listQuery);
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
