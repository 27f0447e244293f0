/**
 * Offboarding of a reseller: an export of all its data, followed by its deletion. Owns {@code platform.tenant_export}; reads all tables of a
 * tenant's schema, and the months of settlement and invoicing. Calls audit, charging, identity, invoicing, live, platform, work.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.offboarding;
