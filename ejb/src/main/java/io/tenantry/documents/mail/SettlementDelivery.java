package io.tenantry.documents.mail;

import io.tenantry.documents.mail.InvoiceDelivery.Decision;
import io.tenantry.documents.mail.InvoiceDelivery.Delivery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.settlement.SettlementQuery.SettlementSummary;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** Delivery status of a settlement's emails: for the reseller's staff, and for operators, who use a read-only database role. */
@Stateless
public class SettlementDelivery {
    @Inject
    Access access;

    @Inject
    SettlementOutbox posts;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public SettlementDelivery() {}

    /** For use outside a container. */
    SettlementDelivery(Access access, SettlementOutbox posts, TenantDirectory tenants) {
        this.access = access;
        this.posts = posts;
        this.tenants = tenants;
    }

    /**
     * Returns the delivery status of a settlement or credit note that the user may see. That of a deleted reseller was deleted with its data.
     */
    public Delivery of(SettlementSummary document) {
        var own = Tenancy.scope().tenant();
        access.require(own.isPresent() ? Permission.STAFF_ACCOUNTING_VIEW : Permission.PLATFORM_TENANTS_VIEW);
        if (tenants.byId(document.tenant()).filter(Tenant::isThere).isEmpty()) {
            return new Delivery(Decision.NEVER, List.of());
        }
        return posts.of(
                own.map(Scope::of).orElseGet(() -> Scope.audit(document.tenant())), document.id(), document.issuedAt());
    }
}
