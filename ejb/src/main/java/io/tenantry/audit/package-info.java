/** Who did what to what, in one sealed chain per schema. Owns audit_record; calls only listing and the tenancy kernel. */
@org.jspecify.annotations.NullMarked
package io.tenantry.audit;
