package io.tenantry.web.console;

import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.RunsConsole;
import io.tenantry.listing.Wish;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** Charging runs as a file. */
@WebServlet({"/console/runs.csv", "/console/runs.xlsx"})
public class RunsFile extends ListFile<ChargingRuns.View> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient RunsConsole runs;

    @Inject
    transient RunColumns columns;

    @Override
    protected String title() {
        return "nav.runs";
    }

    @Override
    protected List<String> filters() {
        return RunColumns.FILTERS;
    }

    @Override
    protected List<Field<ChargingRuns.View>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(ChargingRuns.View row) {
        return row.id();
    }

    @Override
    protected List<ChargingRuns.View> rows(Wish wish) {
        return runs.rows(wish);
    }
}
