/**
 * The audit trail: who did what to what, in one sealed chain per schema. Owns audit_record, audit_seal; calls only listing, secret and the tenancy
 * kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.audit;
