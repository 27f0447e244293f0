/**
 * The use cases of operators, and what spans several districts: tenants and their offboarding, the auditor, the startup of a node, dashboards and
 * search.
 *
 * <p>Public API: {@code platform.Tenants}, {@code offboarding.TenantDeletion}, {@code auditor.Auditor}. Tables: {@code db/platform/admin}.
 */
package io.tenantry.admin;
