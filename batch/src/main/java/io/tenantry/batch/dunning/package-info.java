/** Schedules the processing of each tenant's debts. Owns no tables. Calls {@code dunning}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.dunning;
