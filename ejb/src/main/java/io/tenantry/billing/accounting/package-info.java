/**
 * A reseller's ledger for its accountant: balances and movements of accounts over any period, the entries of that period, and a DATEV export of
 * them. Owns the tenant's tables {@code datev_settings} and {@code datev_account}; calls audit, identity, ledger, money, query and the tenancy
 * kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.accounting;
