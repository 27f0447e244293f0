/** The current tenant, its schema and role, and their migration. Owns schema {@code platform}'s directory tables; calls no other package. */
@org.jspecify.annotations.NullMarked
package io.tenantry.tenancy;
