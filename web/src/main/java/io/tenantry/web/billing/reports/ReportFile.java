package io.tenantry.web.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.billing.reports.ReportTable.Cell;
import io.tenantry.web.list.ListFile;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The export of a report's first table: all of its lines, without the sum, and each with its currency. */
@WebServlet({"/staff/reports.csv", "/staff/reports.xlsx"})
public class ReportFile extends ListFile<List<Cell>> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ReportQuery reportQuery;

    @Override
    protected String title() {
        return "reports.title." + reportQuery.report().getName();
    }

    @Override
    protected List<String> filters() {
        return List.of(Reports.OF, Reports.PERIOD, AccountingPeriod.FROM, AccountingPeriod.TO);
    }

    @Override
    protected List<Field<List<Cell>>> fields() {
        return reportQuery.fields();
    }

    @Override
    protected List<List<Cell>> rows(ListQuery listQuery) {
        var lines = reportQuery.lines(listQuery);
        return lines.subList(
                Math.min(listQuery.first(), lines.size()),
                Math.min(listQuery.first() + listQuery.limit(), lines.size()));
    }

    @Override
    protected ZoneId zone() {
        return reportQuery.zone();
    }

    /** The report of one request, built once. */
    @RequestScoped
    public static class ReportQuery {
        @Inject
        Reports reports;

        @Inject
        TenantDirectory tenants;

        private Report report = Report.REVENUE;
        private @Nullable List<ReportTable> grids;

        Report report() {
            return report;
        }

        List<List<Cell>> lines(ListQuery listQuery) {
            var known = grids;
            if (known == null) {
                report = Report.named(listQuery.filter(Reports.OF).orElse(""));
                known = reports.make(listQuery).grids();
                grids = known;
            }
            return known.isEmpty() ? List.of() : known.get(0).lines();
        }

        List<Field<List<Cell>>> fields() {
            var fields = new ArrayList<Field<List<Cell>>>();
            var known = grids;
            if (known != null && !known.isEmpty()) {
                var heads = known.get(0).heads();
                for (var i = 0; i < heads.size(); i++) {
                    var column = i;
                    fields.add(new Field<>(
                            heads.get(column), line -> line.get(column).value()));
                }
            }
            var currency = reports.currency(report).getCurrencyCode();
            fields.add(new Field<>("csv.currency", line -> currency));
            return fields;
        }

        ZoneId zone() {
            return tenants.current().zone();
        }
    }
}
