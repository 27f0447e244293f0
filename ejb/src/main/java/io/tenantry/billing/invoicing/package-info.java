/**
 * Monthly documents for customers, numbered without gaps, whose lines are the charges; and the documents that correct them. Owns
 * {@code invoice_policy, invoice_number_template, invoice_number_sequence, invoice_item, invoice_line, invoice_seller, invoice_buyer, invoice,
 * invoice_tax, invoice_void, invoice_exchange_rate, tax_correction_policy, tax_corrected_charge} and {@code work.invoicing_run}. Reads
 * {@code addon_discrepancy_v, addon_v, late_fee_v, server_discrepancy_v, service_event_v, service_v, transfer_bill_line_v, transfer_bill_v,
 * transfer_pack_v, transfer_price_v}. Calls {@code billing.adjustment, billing.charging, billing.tax, billing.wallet, catalog, catalog.fx,
 * people.identity, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.invoicing;
