/**
 * What a server can have besides, each at a price of its own: volumes, backups, snapshots and further addresses. Owns {@code option_price,
 * service_option, option_copy, option_finding}, and the rows of {@code price_version} that are of options; calls provisioning (for accounts, the
 * ends of servers and their addresses), charging, wallet, work, provider, identity, audit, notice.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.options;
