/** Dunning pages: the policy, the calendar, and the state of each customer. Owns no tables; calls dunning. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.dunning;
