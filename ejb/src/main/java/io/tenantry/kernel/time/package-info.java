/** The clock that is injected everywhere, and calendar months. Owns {@code platform.demo_clock}; calls no other package. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.time;
