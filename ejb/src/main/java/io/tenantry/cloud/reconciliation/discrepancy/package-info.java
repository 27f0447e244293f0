/**
 * What becomes of a finding at a vendor, whatever was found: how it stands, and how it is decided. Owns no table: those who look at vendors
 * own the findings, and call this; calls work, audit, live and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation.discrepancy;
