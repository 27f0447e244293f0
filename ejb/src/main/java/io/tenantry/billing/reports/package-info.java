/**
 * A reseller's business figures, by month and by customer, derived from the data of other packages. Owns no tables. Reads {@code addon_price_v,
 * addon_v, service_v, settled_item_v, settled_period_v, wholesale_month_v}. Calls {@code billing.accounting, billing.charging, catalog.fx,
 * people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.reports;
