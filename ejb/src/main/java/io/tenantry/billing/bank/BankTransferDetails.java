package io.tenantry.billing.bank;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Details for paying by bank transfer. */
@Stateless
public class BankTransferDetails {
    @Inject
    Sql sql;

    @Inject
    Access access;

    /** Returns the details for an organization's bank transfers; empty until the reseller has entered its bank account. */
    public Optional<BankTransferInstructions> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return BankTransferInstructions.of(sql, organizationId);
    }
}
