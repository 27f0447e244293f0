package io.tenantry.mail;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.mail.DocumentMails.Decision;
import io.tenantry.mail.DocumentMails.Delivery;
import io.tenantry.settlement.SettlementBooks.Head;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;

/** What became of the mails of a settlement: for the reseller's staff, and for operators, who read it by a role that can only read. */
@Stateless
public class SettlementMails {
    @Inject
    Access access;

    @Inject
    SettlementPosts posts;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public SettlementMails() {}

    /** For use outside a container. */
    SettlementMails(Access access, SettlementPosts posts, TenantDirectory tenants) {
        this.access = access;
        this.posts = posts;
        this.tenants = tenants;
    }

    /** What became of the mails of a settlement or credit note that may be seen. Those of a deleted reseller went with its data. */
    public Delivery of(Head document) {
        var own = Tenancy.scope().tenant();
        access.require(own.isPresent() ? Permission.STAFF_CHARGING_VIEW : Permission.PLATFORM_TENANTS_VIEW);
        if (tenants.byId(document.tenant()).filter(Tenant::isThere).isEmpty()) {
            return new Delivery(Decision.NEVER, List.of());
        }
        return posts.of(
                own.map(Scope::of).orElseGet(() -> Scope.audit(document.tenant())), document.id(), document.issuedAt());
    }
}
