/** Verifies the audit trails each night. Owns no tables. Calls {@code admin.platform}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.audit;
