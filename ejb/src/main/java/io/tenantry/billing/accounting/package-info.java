/**
 * A reseller's books as its accountant wants them: what accounts held and what moved in any days, the entries of them, and the
 * same as a file for DATEV. Owns the tenant's tables {@code datev_settings} and {@code datev_account}; calls audit, identity, ledger, listing, money
 * and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.accounting;
