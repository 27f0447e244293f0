/** Pages of wholesale prices: price lists as operators keep them, and the prices that hold for a reseller. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.pricing;
