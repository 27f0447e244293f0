package io.tenantry.settlement;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;

/**
 * Whether a reseller has used up its credit limit with the platform. Then nothing new can be ordered from it; running services continue.
 * Checked in the reseller's own transaction, whose role sees its own account and no other.
 */
public final class ResellerCreditLimit {
    private ResellerCreditLimit() {}

    /** Whether the credit limit is used up. */
    public static boolean isUsedUp(Sql sql) {
        return sql.one("""
                select exists (select from platform.reseller_ledger_account a
                                where a.tenant_role = ? and a.closed_at is null
                                  and a.balance + a.credit_limit <= 0) as used_up
                """, row -> row.flag("used_up"), Tenancy.tenant().role());
    }
}
