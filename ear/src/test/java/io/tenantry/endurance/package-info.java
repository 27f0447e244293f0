/** Sustained charging and requests under load, with a fault every few seconds. */
@org.jspecify.annotations.NullMarked
package io.tenantry.endurance;
