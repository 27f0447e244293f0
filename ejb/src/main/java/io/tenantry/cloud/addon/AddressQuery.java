package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonQuery.Shown;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people see of further addresses: of a server, of one; as {@link AddonQuery}. */
@Stateless
public class AddressQuery {
    /** Those that cost, or will, first; one that has failed is shown for a day. */
    private static final String OF_SERVER = AddonQuery.FROM + """
             where o.kind = 'ADDRESS'
               and o.service_id = ?
               and (o.state in ('ORDERED', 'ACTIVE', 'TERMINATING') or o.state = 'FAILED' and o.ended_at > ?)
             order by o.state = 'FAILED', o.ordered_at, o.id
             limit ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AddonServers addonServers;

    @Inject
    AddonPricing addonPricing;

    /** For the container. */
    public AddressQuery() {}

    /** For use outside a container. */
    AddressQuery(Sql sql, Clock clock, Access access, AddonServers addonServers, AddonPricing addonPricing) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
    }

    /**
     * What a server has of further addresses, and can have.
     *
     * @param most how many it can have there; empty if there is no such thing where it is
     * @param offer what one costs now; empty if the reseller does not offer it
     * @param all the oldest first, then those that have failed
     */
    public record Choice(Optional<Integer> most, Optional<AddonPricing.Offer> offer, List<Shown> all) {
        public Choice {
            all = List.copyOf(all);
        }

        /** Whether there is nothing of the kind for this server, whoever asks. */
        public boolean isElsewhere() {
            return most.isEmpty() || offer.isEmpty();
        }

        /** Whether it has as many as it can have. */
        public boolean isFull() {
            return !isElsewhere()
                    && all.stream().filter(one -> one.state() != State.FAILED).count() >= most.orElse(0);
        }

        /** Whether one can be asked for. While another is on its way, or on its way out, that is refused, which people are told then. */
        public boolean isOffered() {
            return !isElsewhere() && !isFull();
        }
    }

    /** One. */
    public Shown one(UUID addressId) {
        var found = sql.first(AddonQuery.FROM + " where o.kind = 'ADDRESS' and o.id = ?", AddonQuery::shown, addressId)
                .orElseThrow(() -> new NotFoundException("address", addressId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /** What the server has of them, and can have: all that its page shows, read once. */
    public Choice choice(UUID serviceId) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        var yesterday = clock.instant().minus(AddonQuery.SHOWN_FOR);
        return new Choice(
                addonServers.addressesMax(host).filter(most -> host.isUp()),
                addonPricing.offer(AddonType.ADDRESS, host.currency()),
                sql.query(OF_SERVER, AddonQuery::shown, serviceId, yesterday, AddonQuery.SHOWN_MAX));
    }
}
