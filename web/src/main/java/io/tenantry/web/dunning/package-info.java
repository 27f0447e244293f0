/** Debts on pages: the ladder, the calendar, and where each customer stands. Owns no tables; calls dunning. */
@org.jspecify.annotations.NullMarked
package io.tenantry.web.dunning;
