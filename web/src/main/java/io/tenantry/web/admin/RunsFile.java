package io.tenantry.web.admin;

import io.tenantry.billing.charging.RunAdministration;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** Charging runs as a file. */
@WebServlet({"/admin/runs.csv", "/admin/runs.xlsx"})
public class RunsFile extends ListFile<RunColumns.Line> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient RunAdministration runs;

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
    protected List<Field<RunColumns.Line>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(RunColumns.Line row) {
        return row.run().id();
    }

    @Override
    protected List<RunColumns.Line> rows(ListQuery listQuery) {
        return runs.rows(listQuery).stream().map(columns::line).toList();
    }

    @Override
    protected List<RunColumns.Line> lines(RunColumns.Line row) {
        return columns.lines(row);
    }
}
