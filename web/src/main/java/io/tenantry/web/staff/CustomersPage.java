package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.provisioning.Customers;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All customers: search, narrow, sort, with how their money stands. */
@Named
@RequestScoped
public class CustomersPage {
    @Inject
    CurrentPerson me;

    @Inject
    Customers customers;

    @Inject
    CustomerColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Customers.Standing> table;

    /** Whether customers may be shown. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_CUSTOMERS_VIEW) && me.may(Permission.STAFF_WALLETS_VIEW);
    }

    public Table<Customers.Standing> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "customers",
                    "/staff/customers",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    wish -> isOpen() ? customers.find(wish) : Found.nothing());
            table = known;
        }
        return known;
    }
}
