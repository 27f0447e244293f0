/**
 * Pages of currencies: exchange rates, the currencies that a reseller sells in, and the one that a customer pays in. Owns no tables. Calls
 * {@code billing.wallet, catalog, catalog.fx, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.catalog.fx;
