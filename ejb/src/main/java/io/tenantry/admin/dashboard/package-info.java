/**
 * The data of dashboards, each read in one transaction and a few queries: permissions are read once. Owns no tables. Calls {@code billing.bank,
 * billing.charging, billing.wallet, brand.announcement, brand.storefront, cloud.addon, cloud.provisioning, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.dashboard;
