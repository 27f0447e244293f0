/**
 * Determines the tax on a sale, from rules that are data (ADR 18), and checks VAT numbers with VIES. Owns
 * {@code tax_rate, plan_tax, tax_registration, tax_pricing, tax_status, applied_tax, vat_check}; calls charging, identity, audit, workqueue,
 * http; reads the addresses and numbers owned by invoicing.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.tax;
