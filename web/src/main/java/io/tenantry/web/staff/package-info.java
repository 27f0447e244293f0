/**
 * The staff surface of a reseller: customers and their wallets, plans and prices. Owns no tables. Calls use cases of {@code admin.dashboard,
 * billing, brand, catalog, cloud, people}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.staff;
