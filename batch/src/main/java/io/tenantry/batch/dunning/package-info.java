/** Sees to it that each tenant's debts are looked after. Owns no tables; calls dunning. */
@org.jspecify.annotations.NullMarked
package io.tenantry.batch.dunning;
