/** Exports and deletes resellers on a schedule, and immediately on request. Owns no tables; calls {@code offboarding} of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.offboarding;
