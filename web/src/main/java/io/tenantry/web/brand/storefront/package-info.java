/** The reseller's pages for everybody: home, plans, regions, questions, status, contact. Calls storefront. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.storefront;
