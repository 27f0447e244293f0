/** A real PostgreSQL and the tenants in it, for tests outside a server. */
@org.jspecify.annotations.NullMarked
package io.tenantry.testing;
