/** Schedules the reconciliation of new provider accounts. Owns no tables; calls reconciling, usage. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.reconciliation;
