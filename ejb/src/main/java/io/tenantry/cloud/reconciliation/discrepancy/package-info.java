/**
 * The history and the workflow of discrepancies at a provider, of any type. Owns no table: the packages that scan providers own the
 * discrepancies, and call this one; calls work, audit, live and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation.discrepancy;
