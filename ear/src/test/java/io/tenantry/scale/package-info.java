/** Many tenants on one machine: what the five-hundredth costs. See {@code docs/performance.md}. */
@org.jspecify.annotations.NullMarked
package io.tenantry.scale;
