/**
 * Dunning pages: the policy, the calendar, and the state of each customer. Owns no tables. Calls {@code billing.adjustment, catalog,
 * cloud.provisioning, dunning, people.identity}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.dunning;
