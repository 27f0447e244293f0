/**
 * What the reseller sells and for how much. Owns {@code category, region, plan, price_version}; reads what {@code provider.stock} keeps of
 * how plans are made; calls identity, audit.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog;
