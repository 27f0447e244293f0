/**
 * What operators of the platform do, and what looks across districts: tenants and their off-boarding, the auditor, the start of a node, dashboards and
 * search.
 *
 * <p>Public API: {@code platform.Tenants}, {@code offboarding.TenantDeletion}, {@code auditor.Auditor}. Tables: {@code db/platform/admin}.
 */
package io.tenantry.admin;
