/**
 * The reseller's public pages and their editing by staff: home, plans, regions, questions, status, contact. Owns no tables. Calls {@code brand,
 * brand.storefront, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.storefront;
