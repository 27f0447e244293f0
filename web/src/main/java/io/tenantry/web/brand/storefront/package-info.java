/** The reseller's public pages: home, plans, regions, questions, status, contact. Calls storefront. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.brand.storefront;
