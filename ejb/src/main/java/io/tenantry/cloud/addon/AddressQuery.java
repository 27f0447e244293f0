package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonQuery.AddonView;
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

/** Reads additional addresses as people see them, of a server or one alone; as {@link AddonQuery}. */
@Stateless
public class AddressQuery {
    /** Charged and ordered addresses come first; failed ones are shown for a day. */
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
     * The additional addresses of a server, and the availability of more.
     *
     * @param most the maximum number for the server; empty if its provider offers none
     * @param offer the current price of one; empty if the reseller does not offer it
     * @param all the oldest first, then failed ones
     */
    public record Choice(Optional<Integer> most, Optional<AddonPricing.Offer> offer, List<AddonView> all) {
        public Choice {
            all = List.copyOf(all);
        }

        /** Whether the server cannot have any, regardless of the user. */
        public boolean isElsewhere() {
            return most.isEmpty() || offer.isEmpty();
        }

        /** Whether the server has reached the maximum. */
        public boolean isFull() {
            return !isElsewhere()
                    && all.stream().filter(one -> one.state() != State.FAILED).count() >= most.orElse(0);
        }

        /** Whether one can be ordered. While another one is being added or released, an order is refused with an explanation. */
        public boolean isOffered() {
            return !isElsewhere() && !isFull();
        }
    }

    /** Returns one address. */
    public AddonView one(UUID addressId) {
        var found = sql.first(
                        AddonQuery.FROM + " where o.kind = 'ADDRESS' and o.id = ?",
                        AddonQuery.shownAt(clock.instant()),
                        addressId)
                .orElseThrow(() -> new NotFoundException("address", addressId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /** Returns the addresses of a server and the availability of more: everything that its page shows, in one read. */
    public Choice choice(UUID serviceId) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        var yesterday = clock.instant().minus(AddonQuery.SHOWN_FOR);
        return new Choice(
                addonServers.addressesMax(host).filter(most -> host.isUp()),
                addonPricing.offer(AddonType.ADDRESS, host.currency()),
                sql.query(OF_SERVER, AddonQuery.shownAt(clock.instant()), serviceId, yesterday, AddonQuery.SHOWN_MAX));
    }
}
