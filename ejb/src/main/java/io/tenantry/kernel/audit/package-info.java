/**
 * The audit trail: who did what to what, in one sealed chain per schema. Owns {@code audit_record, audit_seal}, in each tenant's schema and in
 * {@code platform}. Calls {@code kernel.query, kernel.secret}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.audit;
