/**
 * Determines the tax on a sale, from rules that are data (ADR 18), and checks VAT numbers with VIES. Owns {@code tax_rate, tax_registration,
 * tax_pricing, applied_tax, vat_check, tax_document, tax_status, exemption_expiry, tax_registration_end, plan_tax}. Reads {@code addon_v,
 * invoice_buyer_v, invoice_seller_v, service_v}. Calls {@code billing.charging, people.identity, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.tax;
