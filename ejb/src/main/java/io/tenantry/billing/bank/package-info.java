/**
 * Money that comes in by bank transfer: a reference for each organization, statements of the reseller's bank read from files, whose each line is,
 * and putting it into wallets, once. Owns tables {@code bank_*}; calls audit, identity, ledger, wallet and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank;
