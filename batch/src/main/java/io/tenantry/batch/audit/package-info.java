/** Verifies the audit trails each night. Owns no tables; calls platform. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.audit;
