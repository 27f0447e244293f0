/**
 * What a server can have besides, each at a price of its own: volumes, backups, snapshots and further addresses. Owns {@code addon_price,
 * addon, addon_restore_point, addon_discrepancy, addon_observation}, and the rows of {@code price_version} that are of options; calls provisioning (for orders of
 * servers, their ends and addresses, and accounts), finding, charging, wallet, work, provider, identity, audit, notice.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.cloud.addon;
