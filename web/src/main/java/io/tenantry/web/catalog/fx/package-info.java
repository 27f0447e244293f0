/** Pages of currencies: what they are worth, in which a reseller sells, and in which a customer pays. Calls exchange, catalog, wallet. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.fx;
