/**
 * The catalogs of providers as last read, and which of the reseller's plans are made of them at what price. Owns
 * {@code provider_region, provider_size, provider_price, provider_price_change, provider_image, plan_source}; calls provider.account, catalog,
 * notice, identity, audit, listing, work. Selling prices are never changed here automatically.
 */
@NullMarked
package io.tenantry.cloud.provider.catalog;

import org.jspecify.annotations.NullMarked;
