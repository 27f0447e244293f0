/** The clock that everybody is given, and calendar months. Owns {@code platform.demo_clock}; calls nobody. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.time;
