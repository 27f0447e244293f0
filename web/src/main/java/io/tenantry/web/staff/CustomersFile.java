package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** The export of all customers. */
@WebServlet({"/staff/customers.csv", "/staff/customers.xlsx"})
public class CustomersFile extends ListFile<CustomerQuery.CustomerStatus> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CustomerQuery customerQuery;

    @Inject
    transient CustomerColumns columns;

    @Override
    protected String title() {
        return "nav.customers";
    }

    @Override
    protected List<String> filters() {
        return CustomerColumns.FILTERS;
    }

    @Override
    protected List<Field<CustomerQuery.CustomerStatus>> fields() {
        return columns.fields();
    }

    @Override
    protected Object key(CustomerQuery.CustomerStatus row) {
        return row.id();
    }

    @Override
    protected List<CustomerQuery.CustomerStatus> rows(ListQuery listQuery) {
        return customerQuery.rows(listQuery);
    }
}
