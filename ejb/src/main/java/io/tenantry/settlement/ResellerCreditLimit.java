package io.tenantry.settlement;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;

/**
 * Whether a reseller owes the platform as much as it may. Then nothing new is ordered at it; what runs goes on. Asked in the reseller's own
 * transaction, whose role sees its own account and no other.
 */
public final class ResellerCreditLimit {
    private ResellerCreditLimit() {}

    /** Whether nothing is left of the credit limit. */
    public static boolean isUsedUp(Sql sql) {
        return sql.one("""
                select exists (select from platform.reseller_ledger_account a
                                where a.tenant_role = ? and a.closed_at is null
                                  and a.balance + a.credit_limit <= 0) as used_up
                """, row -> row.flag("used_up"), Tenancy.tenant().role());
    }
}
