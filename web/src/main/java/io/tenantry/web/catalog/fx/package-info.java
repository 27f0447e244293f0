/**
 * Pages of currencies: exchange rates, the currencies that a reseller sells in, and the one that a customer pays in. Calls exchange, catalog,
 * wallet.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.fx;
