/**
 * Ten years of a reseller under a virtual clock: a history generated from a seed, the pure rule applied to it, a reference model that
 * independently calculates the expected results, and the same history on a real PostgreSQL.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.charging.simulator;
