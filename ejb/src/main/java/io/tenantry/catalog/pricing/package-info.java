/**
 * Wholesale prices: what the platform charges resellers, as price lists with versions. Owns in {@code platform}:
 * {@code wholesale_policy, price_list, price_list_version, price_list_item, platform_provider_account}. Resellers read what applies to
 * themselves through row-level security; the database functions that settlement uses are in each tenant's schema. Calls audit, identity,
 * notice, money, exchange; reads what settlement keeps of accounts and groups, and what {@code provider.stock} keeps of providers' prices.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog.pricing;
