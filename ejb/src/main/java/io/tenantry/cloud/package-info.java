/**
 * Servers and what belongs to them: providers and their adapters, provisioning, add-ons, transfer, reconciliation with providers, consoles and
 * metrics.
 *
 * <p>Public API: {@code addon.ServerOrders} orders servers, {@code provisioning.Services} reads services, {@code provider.ProviderClient} is what
 * an adapter implements. Providers are called by work items only, outside transactions. Tables: {@code db/tenant/cloud}.
 */
package io.tenantry.cloud;
