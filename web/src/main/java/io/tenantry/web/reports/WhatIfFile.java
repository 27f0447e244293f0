package io.tenantry.web.reports;

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

/** All customers who would pay something else under other prices, as a file. */
@WebServlet({"/staff/what-if.csv", "/staff/what-if.xlsx"})
public class WhatIfFile extends ListFile<List<Cell>> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Customers customers;

    @Override
    protected String title() {
        return "what-if.title";
    }

    @Override
    protected List<String> filters() {
        return WhatIfForm.fields();
    }

    @Override
    protected List<Field<List<Cell>>> fields() {
        return customers.fields();
    }

    @Override
    protected List<List<Cell>> rows(Wish wish) {
        var lines = customers.lines(wish, rowsMax());
        return lines.subList(Math.min(wish.first(), lines.size()), Math.min(wish.first() + wish.limit(), lines.size()));
    }

    @Override
    protected ZoneId zone() {
        return customers.zone();
    }

    /** What one request asks for, asked once. */
    @RequestScoped
    public static class Customers {
        @Inject
        WhatIfTables tables;

        @Inject
        TenantDirectory tenants;

        private @Nullable Grid grid;
        private boolean isAsked;

        List<List<Cell>> lines(Wish wish, int most) {
            if (!isAsked) {
                grid = tables.ask(wish, most).answer().map(tables::customers).orElse(null);
                isAsked = true;
            }
            return grid == null ? List.of() : grid.lines();
        }

        List<Field<List<Cell>>> fields() {
            var fields = new ArrayList<Field<List<Cell>>>();
            if (grid != null) {
                var heads = grid.heads();
                for (var i = 0; i < heads.size(); i++) {
                    var column = i;
                    fields.add(new Field<>(
                            heads.get(column), line -> line.get(column).value()));
                }
            }
            var currency = tenants.current().currency().getCurrencyCode();
            fields.add(new Field<>("csv.currency", line -> currency));
            return fields;
        }

        ZoneId zone() {
            return tenants.current().zone();
        }
    }
}
