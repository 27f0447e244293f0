/** Has accounts looked at that are new, by the clock. Owns no tables; calls reconciling, usage. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.reconciliation;
