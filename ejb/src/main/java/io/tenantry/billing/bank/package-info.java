/**
 * Incoming bank transfers: a reference for each organization, the reseller's bank statements read from files, the assignment of each line to a
 * customer, and its credit to a wallet, exactly once. Owns {@code bank_reference, bank_import, bank_transaction, bank_transaction_event,
 * bank_columns, bank_row, bank_import_total, bank_import_figure, bank_profile}. Calls {@code billing.adjustment, billing.bank.statement,
 * billing.wallet, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.bank;
