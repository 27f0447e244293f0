/**
 * Thousands of random orders, actions and faults under a stopped clock: the product's beans on a real PostgreSQL, a provider with realistic
 * faults, workers that die anywhere; and a witness that independently calculates the expected results.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.simulation;
