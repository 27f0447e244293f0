/**
 * The history and the workflow of discrepancies of any type. Their tables belong to the packages that scan providers, which call this one. Owns
 * no tables. Calls {@code workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation.discrepancy;
