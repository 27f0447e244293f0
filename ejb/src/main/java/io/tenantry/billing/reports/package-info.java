/**
 * What a reseller's business comes to, month by month and customer by customer, out of what other packages keep: nothing is kept here. Calls
 * books, identity, listing, money and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.reports;
