/** Scheduled work: timers, job definitions and their steps. Owns no tables and no business rules; its packages call use cases of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch;
