/** Schedules a monthly check of VAT numbers. Owns no tables; calls tax. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.tax;
