/**
 * What customers get in writing for a month: documents with numbers that have no gap, whose lines are what was charged. Owns
 * {@code invoice_policy, invoice_pattern, invoice_series, invoice, invoice_line, invoice_item, invoice_seller, invoice_buyer, invoice_tax} and
 * {@code work.invoicing_run}; calls audit, money, tax; reads what charging, the ledger, transfer, options, the catalogue,
 * dunning, findings and the timelines of services own.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.invoicing;
