/**
 * Incoming bank transfers: a reference for each organization, the reseller's bank statements read from files, the assignment of each line to a
 * customer, and its credit to a wallet, exactly once. Owns tables {@code bank_*}; calls audit, identity, ledger, wallet and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank;
