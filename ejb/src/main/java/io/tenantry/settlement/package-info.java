/**
 * The monthly settlement between the platform and a reseller: the wholesale price of what was charged, fees, and the account between the two.
 * Owns in {@code platform}:
 * {@code settlement_policy, settlement_run, settlement_series, settlement, settlement_line, reseller_ledger_account, fee_terms,
 * fee_tier, reseller_group, reseller_group_member}
 * and the platform's own ledger; in each tenant's schema: {@code wholesale_month, settled_period, settled_item}. Calls audit, identity, ledger,
 * money, pricing (whose accounts these are), invoicing (months); reads what charging, invoicing, add-ons and the catalog own.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.settlement;
