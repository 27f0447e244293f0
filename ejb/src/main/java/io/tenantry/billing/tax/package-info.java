/**
 * Which tax a sale bears, from rules that are data (ADR 18), and what VIES says of VAT numbers. Owns {@code tax_rate, plan_tax,
 * tax_registration, tax_pricing, tax_status, applied_tax, vat_check}; calls charging, identity, audit, work, outbound; reads whose addresses and numbers invoicing has.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.tax;
