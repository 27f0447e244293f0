/** How fast the hourly job is, as ratios to hand-written SQL on the same machine in the same run. */
@org.jspecify.annotations.NullMarked
package io.tenantry.speed;
