/**
 * The job {@code invoicing}: opens runs of months that have ended and lets workers issue their documents. Owns no tables. Calls
 * {@code billing.invoicing}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.invoicing;
