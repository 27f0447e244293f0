package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonQuery.AddonView;
import io.tenantry.cloud.provider.Snapshots.Keeping;
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

/** Reads snapshots as people see them: of a server, of an organization, or one alone; as {@link AddonQuery}. */
@Stateless
public class SnapshotQuery {
    /** Failed snapshots are shown for a day. */
    private static final String OF_SERVER = AddonQuery.FROM + """
             where o.kind = 'SNAPSHOT'
               and o.service_id = ?
               and (o.state in ('ORDERED', 'ACTIVE', 'TERMINATING') or o.state = 'FAILED' and o.ended_at > ?)
             order by o.ordered_at desc, o.id
             limit ?
            """;

    private static final String OF_ORGANIZATION = AddonQuery.FROM + """
             where o.kind = 'SNAPSHOT' and o.organization_id = ? and o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
             order by lower(s.name), o.service_id, o.ordered_at desc, o.id
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

    @Inject
    SnapshotConstraints rules;

    /** For the container. */
    public SnapshotQuery() {}

    /** For use outside a container. */
    SnapshotQuery(Sql sql, Clock clock, Access access, AddonServers addonServers, AddonPricing addonPricing) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
        this.rules = new SnapshotConstraints(sql);
    }

    /**
     * The availability of snapshots for a server.
     *
     * @param keeping how its provider keeps them; empty if it offers none
     * @param offer the current price of a gibibyte; empty if the reseller does not offer it
     * @param diskGib disk size of the server, which a snapshot hardly exceeds
     * @param isBackedUp whether its backups are on
     * @param count of existing snapshots
     */
    public record Choice(
            Optional<Keeping> keeping, Optional<AddonPricing.Offer> offer, int diskGib, boolean isBackedUp, int count) {
        /** Whether the server cannot have any, regardless of the user. */
        public boolean isElsewhere() {
            return keeping.isEmpty() || offer.isEmpty();
        }

        /** Whether snapshots become available as soon as the server's backups are on. */
        public boolean isLackingBackups() {
            return !isElsewhere() && isOne() && !isBackedUp;
        }

        /** Whether there is one already and the provider keeps no second one. */
        public boolean isTaken() {
            return !isElsewhere() && isOne() && isBackedUp && count > 0;
        }

        /** Whether one can be requested. While another one is being taken, the request is refused with an explanation. */
        public boolean isOffered() {
            return !isElsewhere() && !isLackingBackups() && !isTaken();
        }

        private boolean isOne() {
            return keeping.filter(Keeping.WITH_BACKUPS::equals).isPresent();
        }
    }

    /** Returns the snapshots of a server, the latest first. */
    public List<AddonView> of(UUID serviceId) {
        addonServers.read(serviceId, Permission.VPS_VIEW);
        var yesterday = clock.instant().minus(AddonQuery.SHOWN_FOR);
        return sql.query(OF_SERVER, AddonQuery.shownAt(clock.instant()), serviceId, yesterday, AddonQuery.SHOWN_MAX);
    }

    /** Returns all snapshots of an organization that are or will be charged, including those whose server has ended. */
    public List<AddonView> in(UUID organizationId) {
        access.requireIn(organizationId, Permission.VPS_VIEW);
        return sql.query(OF_ORGANIZATION, AddonQuery.shownAt(clock.instant()), organizationId, AddonQuery.SHOWN_MAX);
    }

    /** Returns one snapshot. */
    public AddonView one(UUID snapshotId) {
        var found = sql.first(
                        AddonQuery.FROM + " where o.kind = 'SNAPSHOT' and o.id = ?",
                        AddonQuery.shownAt(clock.instant()),
                        snapshotId)
                .orElseThrow(() -> new NotFoundException("snapshot", snapshotId));
        access.requireIn(found.organizationId(), Permission.VPS_VIEW);
        return found;
    }

    /** Returns the availability for a server. */
    public Choice choice(UUID serviceId) {
        var host = addonServers.read(serviceId, Permission.VPS_VIEW);
        var snapshotState = rules.others(serviceId);
        return new Choice(
                addonServers.keeping(host).filter(how -> host.isUp()),
                addonPricing.offer(AddonType.SNAPSHOT, host.currency()),
                Math.max(1, host.diskGib()),
                snapshotState.isBackedUp(),
                snapshotState.count());
    }
}
