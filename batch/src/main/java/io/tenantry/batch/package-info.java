/** Scheduled work: timers, job definitions and their steps. Owns no business rules; calls {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch;
