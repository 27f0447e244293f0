/**
 * Turns running hours into charges, exactly once, and provides their breakdown. Owns {@code rated_period} and the runs in schema work, reads
 * {@code service, addon}; calls wallet, ledger, catalog, identity.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.charging;
