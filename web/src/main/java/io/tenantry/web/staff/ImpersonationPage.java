package io.tenantry.web.staff;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Impersonations;
import io.tenantry.people.identity.Organizations;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The explanation of impersonation, and its reason; it is started by {@code StartImpersonationServlet}. */
@Named
@RequestScoped
public class ImpersonationPage {
    @Inject
    CurrentPerson me;

    @Inject
    Organizations organizations;

    private @Nullable String parameter;
    private boolean over;
    private @Nullable UUID organizationId;
    private String organizationName = "";

    /** Loads the customer, if the user may view and impersonate it. */
    public void open() {
        PageResult.load(() -> {
            var id = PageResult.id("organization", parameter);
            organizationName = organizations.one(id).name();
            if (!me.may(Permission.STAFF_CUSTOMERS_IMPERSONATE)) {
                throw new AccessDeniedException(Permission.STAFF_CUSTOMERS_IMPERSONATE);
            }
            organizationId = id;
        });
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    /** Whether the previous impersonation has expired. */
    public boolean isOver() {
        return over;
    }

    public void setOver(boolean over) {
        this.over = over;
    }

    public @Nullable UUID getOrganizationId() {
        return organizationId;
    }

    public String getOrganizationName() {
        return organizationName;
    }

    public int getReasonMin() {
        return Impersonations.REASON_MIN;
    }

    public int getReasonMax() {
        return Impersonations.REASON_MAX;
    }
}
