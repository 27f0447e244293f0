package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All customers: searching, filtering and sorting, with the state of their wallets. */
@Named
@RequestScoped
public class CustomersPage {
    @Inject
    CurrentPerson me;

    @Inject
    CustomerQuery customerQuery;

    @Inject
    CustomerColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<CustomerQuery.CustomerStatus> table;

    /** Whether the user may view customers. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_CUSTOMERS_VIEW) && me.may(Permission.STAFF_BILLING_VIEW);
    }

    public Table<CustomerQuery.CustomerStatus> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "customers",
                    "/staff/customers",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    listQuery -> isOpen() ? customerQuery.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }
}
