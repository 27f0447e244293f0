/**
 * A reseller's ledger for its accountant: balances and movements of accounts over any period, the entries of that period, and a DATEV export of
 * them. Owns {@code datev_settings, datev_account}. Calls {@code people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.accounting;
