/**
 * Pages of wholesale prices: the operators' price lists, and the prices that apply to a reseller. Owns no tables. Calls {@code admin.platform,
 * catalog.pricing, people.identity, settlement}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.pricing;
