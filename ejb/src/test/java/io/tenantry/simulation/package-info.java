/**
 * Thousands of orders, actions and faults by chance under a clock that stands still: the beans of the product on a real PostgreSQL, a
 * vendor who does what vendors do, workers who die anywhere; and a witness who reckons by itself what must have come out.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.simulation;
