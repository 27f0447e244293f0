package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import io.tenantry.web.portal.ServiceColumns;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;
import java.util.Optional;

/** The export of the services of all customers. */
@WebServlet({"/staff/services.csv", "/staff/services.xlsx"})
public class StaffServicesFile extends ListFile<Services.Summary> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient ServiceList services;

    @Inject
    transient ServiceColumns columns;

    @Override
    protected String title() {
        return "nav.services";
    }

    @Override
    protected List<String> filters() {
        return ServiceColumns.FILTERS;
    }

    @Override
    protected List<Field<Services.Summary>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(Services.Summary row) {
        return row.id();
    }

    @Override
    protected List<Services.Summary> rows(ListQuery listQuery) {
        return services.rows(Optional.empty(), listQuery);
    }
}
