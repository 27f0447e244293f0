/** What a reseller's staff see: customers and their wallets, plans and prices. Owns no data. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.staff;
