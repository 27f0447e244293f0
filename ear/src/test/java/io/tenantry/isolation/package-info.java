/** Tests that no tenant ever sees another's data, and the cost of many tenants. */
@org.jspecify.annotations.NullMarked
package io.tenantry.isolation;
