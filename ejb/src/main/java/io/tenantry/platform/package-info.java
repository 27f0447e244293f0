/** Creates and administers tenants. Owns the directory's rows; calls identity, brand, wallet. */
@org.jspecify.annotations.NullMarked
package io.tenantry.platform;
