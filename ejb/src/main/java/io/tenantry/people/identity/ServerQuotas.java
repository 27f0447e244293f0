package io.tenantry.people.identity;

import io.tenantry.tenancy.Sql;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The number of servers that an organization may have. Checks no permission: part of use cases that do. */
public final class ServerQuotas {
    private ServerQuotas() {}

    /**
     * Sets the quota of an organization.
     *
     * @param servers null for the reseller's default
     * @return false if there is no such organization
     */
    public static boolean set(Sql sql, UUID organizationId, @Nullable Integer servers) {
        return sql.update("update organization set server_quota = ? where id = ?", servers, organizationId) == 1;
    }
}
