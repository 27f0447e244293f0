package io.tenantry.admin.platform;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;

/** The tenants from which operators select on pages. The directory itself asks for no permission, so pages do not list it directly. */
@Stateless
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TenantChoice {
    @Inject
    Access access;

    @Inject
    TenantDirectory directory;

    /** For the container. */
    public TenantChoice() {}

    /** For use outside a container. */
    public TenantChoice(Access access, TenantDirectory directory) {
        this.access = access;
        this.directory = directory;
    }

    /** Returns all tenants, for operators who may view the tenants or their charging. */
    public List<Tenant> all() {
        requireView();
        return directory.all();
    }

    /** Returns the tenants whose services are charged, for the same operators. */
    public List<Tenant> chargeable() {
        requireView();
        return directory.chargeable();
    }

    private void requireView() {
        if (!access.allows(Permission.PLATFORM_CHARGING_VIEW)) {
            access.require(Permission.PLATFORM_TENANTS_VIEW);
        }
    }
}
