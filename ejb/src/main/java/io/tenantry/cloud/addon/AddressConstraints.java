package io.tenantry.cloud.addon;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** What there is beside a further address that is wanted. Joins the caller's transaction. */
@ApplicationScoped
public class AddressConstraints {
    @Inject
    Sql sql;

    /** For the container. */
    public AddressConstraints() {}

    /** For use outside a container. */
    AddressConstraints(Sql sql) {
        this.sql = sql;
    }

    /**
     * What a server has of them already.
     *
     * @param isMoving whether one is on its way, or on its way out: what came of a question is told only by what was there before
     * @param count of those that cost, or will, or are on their way out
     */
    record Others(boolean isMoving, int count) {}

    /** What the server has. */
    Others others(UUID serviceId) {
        var isBeingTakenAway = AddonDiscrepancyRepository.isBeingTakenAway(sql, serviceId, AddonType.ADDRESS);
        return sql.one("""
                select coalesce(bool_or(state <> 'ACTIVE'), false) as moving, count(*)::int as n
                  from addon
                 where service_id = ? and kind = 'ADDRESS' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> new Others(row.flag("moving") || isBeingTakenAway, row.whole("n")), serviceId);
    }

    /**
     * Whether others of its server come first: those that were ordered before it, and whatever is on its way out. Under the server's lock nothing
     * comes before it any more of which this does not know.
     */
    boolean isBehind(Addon address) {
        return sql.first("""
                        select o.id
                          from addon o
                          join addon mine on mine.id = ?
                         where o.service_id = mine.service_id
                           and o.kind = 'ADDRESS'
                           and o.id <> mine.id
                           and (o.state = 'TERMINATING'
                                or o.state = 'ORDERED' and (o.ordered_at, o.id) < (mine.ordered_at, mine.id))
                         limit 1
                        """, row -> row.uuid("id"), address.id()).isPresent();
    }

    /** Whether the vendor was asked for one of which nobody knows yet what it is. */
    boolean isAsked(UUID serviceId) {
        return sql.first("""
                        select id from addon
                         where service_id = ? and kind = 'ADDRESS' and state = 'ORDERED' and asked_at is not null and provider_ref is null
                        """, row -> row.uuid("id"), serviceId).isPresent();
    }
}
