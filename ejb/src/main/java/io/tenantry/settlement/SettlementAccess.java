package io.tenantry.settlement;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenancy;

/** Who may read settlements and accounts: within a reseller its accounting staff, otherwise operators. */
final class SettlementAccess {
    private SettlementAccess() {}

    static void requireView(Access access) {
        access.require(
                Tenancy.scope().tenant().isPresent()
                        ? Permission.STAFF_ACCOUNTING_VIEW
                        : Permission.PLATFORM_TENANTS_VIEW);
    }
}
