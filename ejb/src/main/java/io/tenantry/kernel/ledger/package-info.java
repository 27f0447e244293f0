/** All accounts and entries of a tenant, in double entry. Owns {@code ledger_account, journal_entry, posting}; calls money. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.ledger;
