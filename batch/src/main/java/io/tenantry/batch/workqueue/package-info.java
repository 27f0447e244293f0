/** Processes work items on a schedule, and immediately when they are written. Owns no tables. Calls {@code workqueue}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.workqueue;
