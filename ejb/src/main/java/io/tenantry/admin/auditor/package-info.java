/**
 * The invariants of the ledger, checked in the database itself, by plain SQL and a read-only role. Owns {@code auditor_report, auditor_finding}
 * of the platform; calls charging, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.auditor;
