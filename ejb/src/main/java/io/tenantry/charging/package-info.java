/** Turns running hours into charges, exactly once. Owns {@code rated_period} and the runs in schema work; calls wallet, ledger, catalog. */
@org.jspecify.annotations.NullMarked
package io.tenantry.charging;
