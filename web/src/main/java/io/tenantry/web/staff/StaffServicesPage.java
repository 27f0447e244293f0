package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.portal.ServiceColumns;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The services of all customers: searching, filtering, sorting, and power actions on the selected ones. */
@Named
@RequestScoped
public class StaffServicesPage {
    @Inject
    CurrentPerson me;

    @Inject
    ServiceList services;

    @Inject
    ServiceColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Services.Summary> table;

    /** Whether the user may request power actions. */
    public boolean isSwitchable() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
    }

    public Table<Services.Summary> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "staff-services",
                    "/staff/services",
                    List.of(),
                    columns.columns(true),
                    columns.filters(),
                    listQuery -> me.may(Permission.STAFF_SERVICES_VIEW)
                            ? services.find(Optional.empty(), listQuery)
                            : ResultPage.nothing());
            table = known;
        }
        return known;
    }
}
