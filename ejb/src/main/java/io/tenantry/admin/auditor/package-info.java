/**
 * What must always be true of the books, asked of the database itself, by plain SQL and a role that can only read. Owns
 * {@code auditor_report, auditor_finding} of the platform; calls charging, identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.auditor;
