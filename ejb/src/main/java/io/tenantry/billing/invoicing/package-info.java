/**
 * Monthly documents for customers: with numbers without gaps, whose lines are the charges. Owns
 * {@code invoice_policy, invoice_number_template, invoice_number_sequence, invoice, invoice_line, invoice_item},
 * {@code invoice_seller, invoice_buyer, invoice_tax, invoice_exchange_rate, tax_corrected_charge, tax_correction_policy} and
 * {@code work.invoicing_run}; calls audit, catalog, adjustment, fx, money, tax, wallet, workqueue; reads what charging, the ledger, transfer,
 * add-ons, dunning, findings and the timelines of services own.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.invoicing;
