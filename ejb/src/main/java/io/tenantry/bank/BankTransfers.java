package io.tenantry.bank;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** How an organization pays by bank transfer. */
@Stateless
public class BankTransfers {
    @Inject
    Sql sql;

    @Inject
    Access access;

    /** How an organization pays by bank transfer; empty as long as the reseller has not said its account. */
    public Optional<BankWay> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return BankWay.of(sql, organizationId);
    }
}
