/**
 * What customers get in writing for a month: documents with numbers that have no gap, whose lines are what was charged. Owns
 * {@code invoice_policy, invoice_number_template, invoice_number_sequence, invoice, invoice_line, invoice_item, invoice_seller, invoice_buyer, invoice_tax,
 * invoice_exchange_rate, tax_corrected_charge, tax_correction_policy} and {@code work.invoicing_run}; calls audit, catalog, adjustment, exchange, money, tax, wallet, work; reads what charging, the
 * ledger, transfer, options, dunning, findings and the timelines of services own.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.invoicing;
