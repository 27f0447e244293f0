package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonDiscrepancyRepository.ObservedDiscrepancy;
import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.cloud.provider.Volumes.Volume;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records what a scan of an account's volumes, snapshots, addresses and backups has found. An add-on that changed while the list was read is
 * skipped. Discrepancies that a scan no longer finds are over.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddonObservations {
    private static final String CHARGED = """
            select o.id, o.service_id, o.kind, o.quantity, o.state, o.pending_action is not null as moving,
                   case o.kind when 'BACKUP' then s.name else o.name end as name,
                   case o.kind when 'BACKUP' then s.provider_ref else o.provider_ref end as provider_ref
              from addon o
              join service s on s.id = o.service_id
             where o.account = ?
            """;

    private static final String BACKED_UP = """
            select id, provider_ref, name
              from service
             where account = ? and provider_ref = any (?) and state in ('ACTIVE', 'SUSPENDED')
             order by id
            """;

    private static final String COPIED = """
            select distinct n.server
              from addon o
              join service s on s.id = o.service_id
             cross join unnest(${servers}) n (server)
             where o.kind = 'SNAPSHOT' and o.account = ?
               and (o.retention = 'STANDALONE' or o.retention = 'WITH_SERVER' and s.state in ('ACTIVE', 'SUSPENDED')
                    or o.state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                    or exists (select from addon_discrepancy f where f.addon_id = o.id and f.state <> 'RESOLVED'))
             order by n.server
            """.replace("${servers}", SnapshotTransactions.SERVERS);

    private static final String ADDRESSED = """
            select s.id, s.provider_ref, coalesce(s.address, '') as own, coalesce(f.known_addresses, '{}') as known_addresses,
                   exists (select from addon o where o.service_id = s.id and o.kind = 'ADDRESS' and o.state = 'ORDERED') as moving
              from service s
              left join lateral (select o.known_addresses
                                   from addon o
                                  where o.service_id = s.id and o.known_addresses is not null
                                  order by o.ordered_at, o.id
                                  limit 1) f on true
             where s.provider_ref is not null
               and s.state in ('ACTIVE', 'SUSPENDED')
               and exists (select from addon o where o.service_id = s.id and o.kind = 'ADDRESS' and o.account = ?)
             order by s.id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    @Inject
    AddonDiscrepancyRepository repository;

    /** For the container. */
    public AddonObservations() {}

    /** For use outside a container. */
    AddonObservations(Sql sql, Clock clock, WorkItems items, AddonDiscrepancyRepository repository) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
        this.repository = repository;
    }

    /**
     * A volume, a snapshot, an address, or a server's backups as listed by their provider.
     *
     * @param id the provider's ID of it; for backups, of their server
     * @param isBilled whether the provider charges for it
     * @param server our server at which it was found, if any
     */
    public record ObservedResource(
            AddonType kind,
            String id,
            Optional<ResourceTag> mark,
            String name,
            int sizeGib,
            boolean isBilled,
            Optional<UUID> server) {
        static ObservedResource of(Volume volume) {
            return new ObservedResource(
                    AddonType.VOLUME,
                    volume.id(),
                    volume.mark(),
                    volume.name(),
                    volume.sizeGib(),
                    true,
                    Optional.empty());
        }

        static ObservedResource of(Snapshot snapshot, boolean isBilled) {
            return new ObservedResource(
                    AddonType.SNAPSHOT,
                    snapshot.id(),
                    ResourceTag.read(snapshot.name()),
                    snapshot.name(),
                    SnapshotTransactions.gib(snapshot.sizeMib()),
                    isBilled,
                    Optional.empty());
        }

        /** Addresses have no resource tag: an address has that of the add-on that is known by it, or else that of its server. */
        static ObservedResource of(Address address, ResourceTag resourceTag, UUID server) {
            return new ObservedResource(
                    AddonType.ADDRESS,
                    address.text(),
                    Optional.of(resourceTag),
                    address.text(),
                    1,
                    true,
                    Optional.of(server));
        }
    }

    /**
     * A server that has or had additional addresses.
     *
     * @param own the address that it was created with
     * @param previousAddresses the addresses that it had before one was ordered
     * @param isMoving whether an address is being added that may not be identified yet
     */
    public record ServerWithAddresses(
            UUID serviceId, String upstreamId, String own, List<String> previousAddresses, boolean isMoving) {
        public ServerWithAddresses {
            previousAddresses = List.copyOf(previousAddresses);
        }

        /** Returns what is to be compared of the addresses that the provider lists. */
        List<ObservedResource> things(List<Address> there, Map<UUID, ChargedAddon> charged) {
            return there.stream()
                    .flatMap(one -> option(one.text(), charged)
                            .or(() -> isStrange(one.text()) ? Optional.of(serviceId) : Optional.empty())
                            .map(id -> ObservedResource.of(one, new ResourceTag(id), serviceId))
                            .stream())
                    .toList();
        }

        private boolean isStrange(String address) {
            return !isMoving && !own.equals(address) && !previousAddresses.contains(address);
        }

        /** Returns the add-on of that address at that server; if the server had it more than once, the one that has not ended. */
        private Optional<UUID> option(String address, Map<UUID, ChargedAddon> charged) {
            return charged.values().stream()
                    .filter(one -> one.kind() == AddonType.ADDRESS
                            && one.serviceId().equals(serviceId)
                            && one.upstreamId().filter(address::equals).isPresent())
                    .min(Comparator.comparing(ChargedAddon::isOver).thenComparing(ChargedAddon::id))
                    .map(ChargedAddon::id);
        }
    }

    /**
     * A volume, a snapshot, an address or backups as charged.
     *
     * @param isMoving whether a change is in progress
     */
    public record ChargedAddon(
            UUID id,
            UUID serviceId,
            AddonType kind,
            String name,
            int sizeGib,
            Addon.State state,
            Optional<String> upstreamId,
            boolean isMoving) {
        boolean isOver() {
            return state == Addon.State.TERMINATED || state == Addon.State.FAILED;
        }

        boolean isStill() {
            return state == Addon.State.ACTIVE && !isMoving;
        }
    }

    /** Returns all add-ons of an account by their IDs. */
    public Map<UUID, ChargedAddon> charged(String account) {
        return all(account);
    }

    /**
     * Returns the provider's IDs of the account's servers that may have snapshots, including the IDs that they had when a snapshot was taken.
     */
    public List<String> copied(String account) {
        return sql.query(COPIED, row -> row.text("server"), account);
    }

    /** Returns the servers of the account that have or had additional addresses. */
    public List<ServerWithAddresses> addressed(String account) {
        return sql.query(
                ADDRESSED,
                row -> new ServerWithAddresses(
                        row.uuid("id"),
                        row.text("provider_ref"),
                        row.text("own"),
                        row.texts("known_addresses"),
                        row.flag("moving")),
                account);
    }

    /** Returns addresses that ended because they did not lead to their servers; the provider may still keep them. */
    public List<AddressLost> lost(String account) {
        return sql.query(AddressLost.QUERY, AddressLost::of, account);
    }

    /**
     * Returns our servers in the account whose backups are on.
     *
     * @param numbers the provider's IDs of all servers whose backups are on
     */
    public List<BackupState> backedUp(String account, Set<String> numbers) {
        return sql.query(
                BACKED_UP,
                row -> new BackupState(row.uuid("id"), row.text("provider_ref"), row.text("name")),
                account,
                numbers.toArray(String[]::new));
    }

    private Map<UUID, ChargedAddon> all(String account) {
        return sql.query(CHARGED, AddonObservations::row, account).stream()
                .collect(Collectors.toMap(ChargedAddon::id, Function.identity()));
    }

    /**
     * Records discrepancies and notifies staff of those that are now confirmed.
     *
     * @param unsure servers whose resources may not be known yet
     */
    public void compare(
            ClaimedWorkItem claimedWorkItem,
            String account,
            Map<UUID, ChargedAddon> before,
            List<ObservedResource> things,
            Set<UUID> unsure) {
        items.hold(claimedWorkItem);
        repository.hold(account);
        var after = all(account);
        var comparison = AddonComparison.of(before, after, things);
        var started = sql.one("select clock_timestamp() as at", row -> row.instant("at"));
        repository.there(comparison.there());
        var fresh = comparison.differences().stream()
                .distinct() // A resource listed twice was seen once.
                .filter(one -> repository.see(account, one))
                .map(ObservedDiscrepancy::name)
                .distinct()
                .toList();
        repository.over(account, started, comparison.unlisted(unsure));
        Signals.publish(sql, Signal.Kind.DISCREPANCY, Signal.EVERYBODY);
        if (!fresh.isEmpty()) {
            sendAlert(account, String.join(", ", fresh.subList(0, Math.min(fresh.size(), 5))), claimedWorkItem);
        }
    }

    private void sendAlert(String account, String names, ClaimedWorkItem claimedWorkItem) {
        var name = sql.first("select name from provider_account where id::text = ?", row -> row.text("name"), account)
                .orElse(account);
        var key = "addon-discrepancy:" + account + ":" + claimedWorkItem.fence();
        var notification = new Notification(Notification.Kind.DISCREPANCY, name, names, "discrepancies", key);
        Notifications.notifyStaff(sql, Permission.STAFF_SERVICES_MANAGE, notification, clock.instant());
    }

    private static ChargedAddon row(Row row) {
        return new ChargedAddon(
                row.uuid("id"),
                row.uuid("service_id"),
                AddonType.valueOf(row.text("kind")),
                row.text("name"),
                row.whole("quantity"),
                Addon.State.valueOf(row.text("state")),
                row.maybeText("provider_ref"),
                row.flag("moving"));
    }
}
