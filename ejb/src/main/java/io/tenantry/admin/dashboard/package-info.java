/**
 * What dashboards ask, each in one transaction and a few queries: rights are looked up once. Owns no data; calls wallet,
 * provisioning, options, catalog, news, storefront.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.dashboard;
