/**
 * Wholesale prices: what the platform charges resellers, as price lists with versions. Resellers read what applies to themselves through
 * row-level security. Owns {@code platform.wholesale_policy, platform.price_list, platform.price_list_version, platform.price_list_item,
 * platform.platform_provider_account}. Reads {@code addon_price_v, addon_v, pending_plan_v, plan_region_v, plan_source_v, plan_v,
 * price_version_v, provider_account_v, provider_price_v, provider_region_v, provider_size_v, reseller_account_v, reseller_group_member_v,
 * reseller_group_v, service_v}. Calls {@code catalog.fx, people.identity, people.notification}. The database functions that settlement uses are
 * in each tenant's schema.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog.pricing;
