package io.tenantry.cloud.addon;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The other addresses that constrain an additional address. Joins the caller's transaction. */
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
     * The additional addresses of a server.
     *
     * @param isMoving whether one is being added or released: the result of a request is identified only by comparison with the addresses
     *     before it
     * @param count of those that are or will be charged or are being released
     */
    record AddressState(boolean isMoving, int count) {}

    /** Returns the additional addresses of a server. */
    AddressState others(UUID serviceId) {
        var isBeingTakenAway = AddonDiscrepancyRepository.isBeingTakenAway(sql, serviceId, AddonType.ADDRESS);
        return sql.one("""
                select coalesce(bool_or(state <> 'ACTIVE'), false) as moving, count(*)::int as n
                  from addon
                 where service_id = ? and kind = 'ADDRESS' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> new AddressState(row.flag("moving") || isBeingTakenAway, row.whole("n")), serviceId);
    }

    /**
     * Whether other addresses of its server take precedence: those ordered before it, and those being released. Under the server's lock, no
     * unknown address can precede it.
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

    /** Whether an additional address was requested from the provider and is not identified yet. */
    boolean isAsked(UUID serviceId) {
        return sql.first("""
                        select id from addon
                         where service_id = ? and kind = 'ADDRESS' and state = 'ORDERED' and requested_at is not null and provider_ref is null
                        """, row -> row.uuid("id"), serviceId).isPresent();
    }
}
