package io.tenantry.web.reports;

import io.tenantry.books.BookDays;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.reports.Grid.Cell;
import io.tenantry.web.table.ListFile;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first table of a report as a file: all of its lines, without the sum, and each with its currency. */
@WebServlet({"/staff/reports.csv", "/staff/reports.xlsx"})
public class ReportFile extends ListFile<List<Cell>> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Asked asked;

    @Override
    protected String title() {
        return "reports.title." + asked.report().getName();
    }

    @Override
    protected List<String> filters() {
        return List.of(Reports.OF, Reports.PERIOD, BookDays.FROM, BookDays.TO);
    }

    @Override
    protected List<Field<List<Cell>>> fields() {
        return asked.fields();
    }

    @Override
    protected List<List<Cell>> rows(Wish wish) {
        var lines = asked.lines(wish);
        return lines.subList(Math.min(wish.first(), lines.size()), Math.min(wish.first() + wish.limit(), lines.size()));
    }

    @Override
    protected ZoneId zone() {
        return asked.zone();
    }

    /** What one request asks for, made once. */
    @RequestScoped
    public static class Asked {
        @Inject
        Reports reports;

        @Inject
        TenantDirectory tenants;

        private Report report = Report.REVENUE;
        private @Nullable List<Grid> grids;

        Report report() {
            return report;
        }

        List<List<Cell>> lines(Wish wish) {
            var known = grids;
            if (known == null) {
                report = Report.named(wish.filter(Reports.OF).orElse(""));
                known = reports.make(wish).grids();
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
