/**
 * What vendors have, compared with what services should have, and what is done about the difference. Owns {@code provider_scan,
 * finding, power_observation}; calls finding, provisioning, provider, work, wallet, notice, audit. A vendor is never asked within a transaction.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.reconciliation;
