/**
 * Add-ons of a server, each at its own price: volumes, backups, snapshots and additional addresses. Owns
 * {@code addon_price, addon, addon_restore_point, addon_discrepancy, addon_observation}, and the rows of {@code price_version} that belong to
 * add-ons; calls provisioning (for orders of servers, their ends and addresses, and accounts), finding, charging, wallet, work, provider,
 * identity, audit, notice.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.addon;
