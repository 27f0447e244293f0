package io.tenantry.web.staff;

import io.tenantry.listing.Wish;
import io.tenantry.provisioning.Customers;
import io.tenantry.web.table.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;

/** All customers as a file. */
@WebServlet({"/staff/customers.csv", "/staff/customers.xlsx"})
public class CustomersFile extends ListFile<Customers.Standing> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Customers customers;

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
    protected List<Field<Customers.Standing>> fields() {
        return columns.fields();
    }

    @Override
    protected List<Customers.Standing> rows(Wish wish) {
        return customers.rows(wish);
    }
}
