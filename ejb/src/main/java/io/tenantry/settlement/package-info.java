/**
 * The monthly settlement between the platform and a reseller: the wholesale price of what was charged, fees, and the account between the two.
 * Owns {@code wholesale_month, settled_period, settled_item, settled_rate, settled_price} and {@code platform.settlement_policy,
 * platform.reseller_ledger_account, platform.fee_terms, platform.fee_tier, platform.settlement_run, platform.settlement_series,
 * platform.settlement, platform.settlement_line, platform.reseller_group, platform.reseller_group_member, platform.platform_seller,
 * platform.reseller_tax_status, platform.settlement_invoice, platform.settlement_file, platform.settlement_credit_series,
 * platform.settlement_credit, platform.settlement_credit_line, platform.settlement_credit_file}. Reads {@code addon_price_v, addon_v,
 * plan_source_v, provider_account_v, provider_size_v, service_v}. Calls {@code billing.charging, billing.invoicing, billing.tax, catalog,
 * catalog.fx, catalog.pricing, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.settlement;
