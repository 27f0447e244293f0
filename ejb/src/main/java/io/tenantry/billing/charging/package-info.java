/**
 * Turns running hours into charges, exactly once, and provides their breakdown. Owns {@code rated_period, charge_pause} and
 * {@code work.charging_run, work.charging_slice}. Reads {@code addon_price_v, addon_v, exemption_expiry_v, plan_tax_v, service_v,
 * tax_registration_v}. Calls {@code billing.wallet, people.identity, people.notification}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.charging;
