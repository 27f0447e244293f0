/**
 * What the reseller sells and for how much. Owns {@code category, region, plan, plan_region, price_version, sales_currency}. Reads
 * {@code plan_source_v, provider_account_v, provider_image_v, provider_region_v, provider_size_v, service_v, wallet_owner_v}. Calls
 * {@code catalog.fx, catalog.pricing, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog;
