/**
 * Comparison of the servers at providers with those that services should have, and the handling of discrepancies. Owns {@code provider_scan,
 * server_discrepancy, power_observation}. Reads {@code addon_v}. Calls {@code billing.charging, billing.wallet, cloud.provider,
 * cloud.provider.account, cloud.provisioning, cloud.reconciliation.discrepancy, people.identity, people.notification, workqueue}. A provider is
 * never called within a transaction.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation;
