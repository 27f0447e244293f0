/**
 * What vendors sell to the reseller, as it was read last, and which of the reseller's plans are made of it at what price. Owns
 * {@code stock_region, stock_size, stock_price, stock_price_move, stock_image, plan_source}; calls provider.account, catalog, notice,
 * identity, audit, listing, work. A selling price is never changed here by itself.
 */
@NullMarked
package io.tenantry.provider.stock;

import org.jspecify.annotations.NullMarked;
