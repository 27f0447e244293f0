/** Schedules a monthly check of VAT numbers. Owns no tables. Calls {@code billing.invoicing, billing.tax}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.tax;
