/**
 * Add-ons of a server, each at its own price: volumes, backups, snapshots and additional addresses; and orders of servers together with them.
 * Owns {@code addon_price, addon, addon_restore_point, addon_discrepancy, addon_observation}. Calls {@code billing.charging, billing.wallet,
 * catalog, catalog.pricing, cloud.provider, cloud.provisioning, cloud.reconciliation.discrepancy, people.identity, people.notification,
 * settlement, workqueue}. Rows of {@code price_version} for add-ons are written by the catalog's function {@code addon_price_version}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.addon;
