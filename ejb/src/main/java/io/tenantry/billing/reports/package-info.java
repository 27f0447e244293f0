/**
 * A reseller's business figures, by month and by customer, derived from the data of other packages: stores nothing. Calls accounting, charging,
 * fx, identity, money, query and the tenancy kernel.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.reports;
