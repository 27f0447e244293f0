/**
 * How a tenant looks: name, colours, logo, and the contrast that keeps it readable. Owns table {@code brand}; calls the
 * tenancy kernel only.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.brand;
