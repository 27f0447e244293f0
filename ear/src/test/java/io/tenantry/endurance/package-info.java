/** Charging and requests for a long time, under load, while something breaks every few seconds. */
@org.jspecify.annotations.NullMarked
package io.tenantry.endurance;
