/** Pages of wholesale prices: the operators' price lists, and the prices that apply to a reseller. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.pricing;
