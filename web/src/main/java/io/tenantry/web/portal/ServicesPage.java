package io.tenantry.web.portal;

import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.cloud.provisioning.Services;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All services of the organization: searching, filtering, sorting, and power actions or termination of the selected ones. */
@Named
@RequestScoped
public class ServicesPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    ServiceList services;

    @Inject
    ServiceColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Services.Summary> table;
    private @Nullable Integer ended;
    private @Nullable String locked;

    /** Whether the user may view services. */
    public boolean isOpen() {
        return organization.may(Permission.VPS_VIEW);
    }

    /** Whether the user may terminate services. */
    public boolean isEndable() {
        return organization.may(Permission.VPS_DELETE);
    }

    /** Whether the user may request power actions. */
    public boolean isSwitchable() {
        return organization.may(Permission.VPS_MANAGE);
    }

    public Table<Services.Summary> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "services",
                    "/portal/services",
                    List.of(),
                    columns.columns(false),
                    columns.filters(),
                    listQuery -> isOpen()
                            ? services.find(Optional.of(organization.getId()), listQuery)
                            : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Returns the number of services that were just terminated, if a termination was requested. */
    public @Nullable Integer getEnded() {
        return ended;
    }

    public void setEnded(@Nullable Integer ended) {
        this.ended = ended;
    }

    /** Returns the locked service because of which none was terminated. */
    public @Nullable String getLocked() {
        return locked;
    }

    public void setLocked(@Nullable String locked) {
        this.locked = locked;
    }
}
