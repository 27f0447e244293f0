/** The staff surface of a reseller: customers and their wallets, plans and prices. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.staff;
