package io.tenantry.tenancy;

import java.util.Optional;

/**
 * The data that a piece of work may touch: the database role it assumes and the schema it uses. A transaction belongs to one scope from its
 * first statement to its end.
 *
 * @param role the database role
 * @param schema the only schema on the search path
 * @param label the unique name in logs
 */
public record Scope(String role, String schema, String label) {
    /** The platform's own data: tenants, hosts, operators. */
    public static final Scope PLATFORM = new Scope("tenantry_platform", "platform", "platform");

    /** The shared tables of work (runs, leases) of all tenants: for distributing work, never for business logic. */
    public static final Scope WORK = new Scope("tenantry_worker", "work", "work");

    private static final String AUDIT = "audit:";

    /** Returns the scope of one tenant's data. */
    public static Scope of(TenantId tenant) {
        return new Scope(tenant.role(), tenant.schema(), tenant.value());
    }

    /** Returns the scope of one tenant's data with a read-only role. */
    public static Scope audit(TenantId tenant) {
        return new Scope("tenantry_auditor", tenant.schema(), AUDIT + tenant.value());
    }

    /** Returns the tenant, if this scope is a tenant's own. */
    public Optional<TenantId> tenant() {
        return role.startsWith("tn_") ? Optional.of(new TenantId(label)) : Optional.empty();
    }
}
