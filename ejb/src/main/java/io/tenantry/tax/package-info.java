/**
 * Which tax a sale bears, from rules that are data (ADR 18). Owns {@code tax_rate, tax_registration, tax_pricing, tax_status, tax_term};
 * calls charging, identity, audit; reads whose addresses invoicing has.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.tax;
