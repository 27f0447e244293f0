package io.tenantry.tenancy;

import java.util.Optional;

/**
 * Whose data a piece of work may touch: the database role it becomes and the schema it looks into. A transaction belongs to
 * one scope from its first statement to its end.
 *
 * @param role the database role
 * @param schema the only schema on the search path
 * @param label what logs call it; unique
 */
public record Scope(String role, String schema, String label) {
    /** The platform's own data: tenants, hosts, operators. */
    public static final Scope PLATFORM = new Scope("tenantry_platform", "platform", "platform");

    /** The shared tables of work (runs, leases) over all tenants: for whoever hands out work, never for business. */
    public static final Scope WORK = new Scope("tenantry_worker", "work", "work");

    private static final String AUDIT = "audit:";

    /** One tenant's data. */
    public static Scope of(TenantId tenant) {
        return new Scope(tenant.role(), tenant.schema(), tenant.value());
    }

    /** One tenant's data by a role that can only read. */
    public static Scope audit(TenantId tenant) {
        return new Scope("tenantry_auditor", tenant.schema(), AUDIT + tenant.value());
    }

    /** The tenant, if this scope is a tenant's own. */
    public Optional<TenantId> tenant() {
        return role.startsWith("tn_") ? Optional.of(new TenantId(label)) : Optional.empty();
    }
}
