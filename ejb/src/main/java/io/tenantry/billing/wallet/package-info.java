/**
 * An organization's prepaid money: its movements, reservations, thresholds and statement. Owns {@code wallet, wallet_event, wallet_policy,
 * wallet_reservation, entry_tax}. Reads {@code addon_v, open_period_v, order_policy_v, server_discrepancy_v, service_v, tax_registration_v,
 * transfer_pack_v}. Calls {@code catalog, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.wallet;
