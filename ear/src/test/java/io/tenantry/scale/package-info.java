/** The cost of many tenants on one machine, up to the five-hundredth. See {@code docs/performance.md}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.scale;
