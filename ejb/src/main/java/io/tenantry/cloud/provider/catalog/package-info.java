/**
 * The catalogs of providers as last read, and which of the reseller's plans are made of them at what price. Selling prices are never changed
 * here automatically. Owns {@code provider_region, provider_size, provider_price, provider_price_change, provider_image, plan_source}. Calls
 * {@code catalog, catalog.fx, catalog.pricing, cloud.provider, cloud.provider.account, people.identity, people.notification, workqueue}.
 */
@NullMarked
package io.tenantry.cloud.provider.catalog;

import org.jspecify.annotations.NullMarked;
