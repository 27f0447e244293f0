/** Pages and exports of a reseller's reports. Owns no tables. Calls {@code billing.accounting, billing.reports}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.reports;
