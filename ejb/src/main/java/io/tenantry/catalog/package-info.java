/** What the reseller sells and for how much. Owns {@code category, region, plan, price_version}; calls identity, audit. */
@org.jspecify.annotations.NullMarked
package io.tenantry.catalog;
