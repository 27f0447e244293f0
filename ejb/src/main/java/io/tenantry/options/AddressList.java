package io.tenantry.options;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.options.OptionList.Shown;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What people see of further addresses: of a server, of one; as {@link OptionList}. */
@Stateless
public class AddressList {
    /** Those that cost, or will, first; one that has failed is shown for a day. */
    private static final String OF_SERVER = OptionList.FROM + """
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
    Hosts hosts;

    @Inject
    Terms terms;

    /** For the container. */
    public AddressList() {}

    /** For use outside a container. */
    AddressList(Sql sql, Clock clock, Access access, Hosts hosts, Terms terms) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.hosts = hosts;
        this.terms = terms;
    }

    /**
     * What a server has of further addresses, and can have.
     *
     * @param most how many it can have there; empty if there is no such thing where it is
     * @param offer what one costs now; empty if the reseller does not offer it
     * @param all the oldest first, then those that have failed
     */
    public record Choice(Optional<Integer> most, Optional<Terms.Offer> offer, List<Shown> all) {
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
        var found = sql.first(OptionList.FROM + " where o.kind = 'ADDRESS' and o.id = ?", OptionList::shown, addressId)
                .orElseThrow(() -> new NotVisible("address", addressId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /** What the server has of them, and can have: all that its page shows, read once. */
    public Choice choice(UUID serviceId) {
        var host = hosts.read(serviceId, Permission.VPS_VIEW);
        var yesterday = clock.instant().minus(OptionList.SHOWN_FOR);
        return new Choice(
                hosts.addressesMax(host).filter(most -> host.isUp()),
                terms.offer(OptionKind.ADDRESS, host.currency()),
                sql.query(OF_SERVER, OptionList::shown, serviceId, yesterday, OptionList.SHOWN_MAX));
    }
}
