/** Sees to it that VAT numbers are checked again each month. Owns no tables; calls tax. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.tax;
