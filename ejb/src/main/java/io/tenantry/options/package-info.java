/**
 * What a server can have besides, each at a price of its own: volumes, backups, snapshots and further addresses. Owns {@code option_price,
 * service_option, option_copy, option_finding, option_seen}, and the rows of {@code price_version} that are of options; calls provisioning (for orders of
 * servers, their ends and addresses, and accounts), finding, charging, wallet, work, provider, identity, audit, notice.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.options;
