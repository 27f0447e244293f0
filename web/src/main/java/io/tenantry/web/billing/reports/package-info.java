/** Pages and files of a reseller's reports. Calls reports, and books for their days. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.billing.reports;
