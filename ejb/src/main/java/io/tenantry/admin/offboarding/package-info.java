/**
 * Offboarding of a reseller: an export of all its data, followed by its deletion. The export reads all tables of the tenant's schema. Owns
 * {@code platform.tenant_export}. Calls {@code admin.platform, billing.charging, billing.invoicing, people.identity, workqueue}.
 */
@org.jspecify.annotations.NullMarked
package io.tenantry.admin.offboarding;
