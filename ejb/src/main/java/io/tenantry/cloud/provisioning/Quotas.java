package io.tenantry.cloud.provisioning;

import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * How many servers an organization may have at the same time. All count that are not ended or failed: also those that are on their way, and
 * those that their vendor has not deleted yet. Joins the caller's transaction; asks for no right.
 */
@ApplicationScoped
public class Quotas {
    /** The organization's own limit, and the one of all that have none. */
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
     * Takes the place for one more: until the transaction ends, nobody else orders for the organization, so that the last place is taken once.
     * A caller takes this lock before its wallet's.
     *
     * @return the limit, if it is reached
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
