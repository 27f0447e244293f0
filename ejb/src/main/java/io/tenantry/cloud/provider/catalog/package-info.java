/**
 * What vendors sell to the reseller, as it was read last, and which of the reseller's plans are made of it at what price. Owns
 * {@code provider_region, provider_size, provider_price, provider_price_change, provider_image, plan_source}; calls provider.account, catalog, notice,
 * identity, audit, listing, work. A selling price is never changed here by itself.
 */
@NullMarked
package io.tenantry.cloud.provider.catalog;

import org.jspecify.annotations.NullMarked;
