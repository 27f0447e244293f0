/**
 * The current tenant, its schema and role, and their migration. Owns {@code platform.cell}. Reads {@code tenant_host_v, tenant_v}. Calls
 * {@code text}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.tenancy;
