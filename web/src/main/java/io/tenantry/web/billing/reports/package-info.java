/** Pages and exports of a reseller's reports. Calls reports, and accounting for their periods. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.reports;
