/** Exports and deletes resellers on a schedule, and immediately on request. Owns no tables. Calls {@code admin.offboarding}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.offboarding;
