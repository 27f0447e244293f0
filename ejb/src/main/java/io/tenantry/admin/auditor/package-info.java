/**
 * The invariants of the ledger, checked in the database itself, by plain SQL and a read-only role. Owns {@code platform.auditor_report,
 * platform.auditor_finding}. Calls {@code billing.charging, billing.wallet, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.auditor;
