/**
 * All accounts and entries of a tenant, in double entry. Owns {@code ledger_account, journal_entry, posting}, in each tenant's schema and, for
 * the accounts of resellers, in {@code platform}. Calls {@code kernel.money}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.ledger;
