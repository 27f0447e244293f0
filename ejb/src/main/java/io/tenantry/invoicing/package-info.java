/**
 * What customers get in writing for a month: documents with numbers that have no gap, whose lines are what was charged. Owns
 * {@code invoice_policy, invoice_pattern, invoice_series, invoice, invoice_line, invoice_item, invoice_seller, invoice_buyer, invoice_tax,
 * retaxed_charge, tax_correction_policy} and {@code work.invoicing_run}; calls audit, money, tax, wallet, work; reads what charging, the ledger, transfer, options and the catalogue own.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.invoicing;
