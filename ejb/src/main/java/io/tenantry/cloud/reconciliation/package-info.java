/**
 * Comparison of the servers at providers with those that services should have, and the handling of differences. Owns
 * {@code provider_scan, finding, power_observation}; calls finding, provisioning, provider, work, wallet, notice, audit. A provider is never
 * called within a transaction.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation;
