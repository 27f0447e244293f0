/** Exports and deletions of resellers by the clock, and at once when they are asked for. Owns no tables; calls {@code offboarding} of {@code ejb}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.offboarding;
