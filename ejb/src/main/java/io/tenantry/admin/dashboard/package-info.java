/**
 * The data of dashboards, each read in one transaction and a few queries: permissions are read once. Owns no data; calls wallet, provisioning,
 * options, catalog, news, storefront.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.dashboard;
