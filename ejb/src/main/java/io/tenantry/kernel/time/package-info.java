/** The clock that is injected everywhere, and calendar months. Owns no tables. */
@org.jspecify.annotations.NullMarked
package io.tenantry.kernel.time;
