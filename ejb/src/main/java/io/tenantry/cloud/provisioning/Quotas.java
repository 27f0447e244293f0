package io.tenantry.cloud.provisioning;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * The quota of servers that an organization may have at the same time. All servers count that have not ended or failed, including those being
 * created and those that the provider has not deleted yet. Joins the caller's transaction; requires no permission.
 */
@ApplicationScoped
public class Quotas {
    /** The organization's own quota, and the general one. */
    private static final String LOCK = """
            select o.server_quota as own, p.server_quota as general
              from organization o
             cross join order_policy p
             where o.id = ?
               for no key update of o
            """;

    private static final String RUNNING = """
            select count(*)::int as n
              from service
             where organization_id = ? and state not in ('TERMINATED', 'FAILED')
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public Quotas() {}

    /** For use outside a container. */
    Quotas(Sql sql) {
        this.sql = sql;
    }

    /**
     * Reserves room for one more server: until the transaction ends, no other order of the organization proceeds, so that the last place is
     * taken once. Callers take this lock before that of the wallet.
     *
     * @return the quota, if it is reached
     */
    Optional<Integer> reached(UUID organizationId) {
        return sql.first(LOCK, Quotas::limit, organizationId)
                .orElseThrow(() -> new NotFoundException("organization", organizationId))
                .filter(limit -> sql.one(RUNNING, row -> row.whole("n"), organizationId) >= limit);
    }

    private static Optional<Integer> limit(Row row) {
        return row.maybeWhole("own").or(() -> row.maybeWhole("general"));
    }
}
