/**
 * How a reseller leaves: an export of all its data, and then its deletion. Owns {@code platform.tenant_export}; reads all tables of a tenant's schema, and
 * what settlement and invoicing say of its months. Calls audit, charging, identity, invoicing, live, platform, work.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.offboarding;
