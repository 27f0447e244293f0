/**
 * Ten years of a reseller under a virtual clock: a history made from a seed, the pure rule that lives through it, a witness that
 * reckons independently what must come out, and the same history on a real PostgreSQL.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.billing.charging.simulator;
