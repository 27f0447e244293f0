/** Lets work items be done by the clock, and at once when they are written. Owns no tables; calls work. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.workqueue;
