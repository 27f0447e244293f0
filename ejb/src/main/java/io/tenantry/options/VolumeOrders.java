package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.options.OptionOutcome.BadName;
import io.tenantry.options.OptionOutcome.BadSize;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NoWallet;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Volumes;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * What customers do with volumes. What is wanted is written down with its work item, and done by {@link VolumeWork}; one thing at a time is
 * wanted of a volume. A volume costs from the second in which its vendor has it to the second in which it is to be deleted.
 */
@Stateless
public class VolumeOrders {
    /** Smaller ones one vendor or another does not make. */
    public static final int SIZE_MIN_GIB = 10;

    public static final int SIZE_MAX_GIB = 10_000;

    /** More than that one organization does not have at the same time. */
    public static final int VOLUMES_MAX = 100;

    /** Longer than anybody tries to make it. */
    static final Duration HELD_FOR = Duration.ofHours(4);

    private static final int NAME_MAX = 40;

    private static final String ENTER = """
            insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        upstream_region, ordered_at)
            values (?, ?, ?, ?, 'VOLUME', ?, ?, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    /** For the container. */
    public VolumeOrders() {}

    /** For use outside a container. */
    VolumeOrders(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            OptionRecords records,
            Hosts hosts,
            Terms terms,
            Holds holds,
            Charging charging,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.records = records;
        this.hosts = hosts;
        this.terms = terms;
        this.holds = holds;
        this.charging = charging;
        this.items = items;
    }

    /**
     * Orders a volume for a server, in whose place it is made and to which it is attached.
     *
     * @param wish made by whoever asks, new for each wish: repeated, it tells of the same volume
     * @param seenPrice the price that was shown
     */
    public OptionOutcome create(UUID wish, UUID serviceId, String name, int sizeGib, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        if (isKnown(wish, host.organizationId())) {
            return new Done(wish);
        }
        if (!isName(name)) {
            return new BadName();
        }
        if (sizeGib < SIZE_MIN_GIB || sizeGib > SIZE_MAX_GIB) {
            return new BadSize(SIZE_MIN_GIB, SIZE_MAX_GIB);
        }
        if (!host.isUp() || !hosts.can(host, Volumes.class)) {
            return new NotThere();
        }
        var offer = terms.offer(OptionKind.VOLUME);
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (host.isParked() || !host.currency().equals(offer.get().unit().currency())) {
            return new NoWallet();
        }
        if (volumesOf(host.organizationId()) >= VOLUMES_MAX) {
            return new TooMany(VOLUMES_MAX);
        }
        var missing =
                holds.hold(host.walletId(), wish, holds.atFirst(offer.get().hourly(sizeGib)), HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                ENTER,
                wish,
                host.id(),
                host.organizationId(),
                host.walletId(),
                name.strip(),
                sizeGib,
                terms.version(offer.get(), sizeGib),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                clock.instant());
        begin(records.read(wish), "ordered", Map.of("name", name.strip(), "gib", sizeGib));
        return new Done(wish);
    }

    /** Attaches a volume that is at no server to one of the same organization and place. */
    public OptionOutcome attach(UUID volumeId, UUID serviceId) {
        var host = hosts.lock(serviceId, Permission.VPS_MANAGE);
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!volume.organizationId().equals(host.organizationId())) {
            throw new NotVisible("volume", volumeId);
        }
        if (!host.isUp()
                || !host.account().orElse("").equals(volume.account())
                || !host.upstreamRegion().equals(volume.upstreamRegion())) {
            return new NotThere();
        }
        if (!isIdle(volume) || isAttached(volumeId)) {
            return new Busy();
        }
        sql.update("update service_option set service_id = ? where id = ?", serviceId, volumeId);
        records.want(volume, Wanted.ATTACH);
        begin(records.read(volumeId), "attach", Map.of("service", serviceId));
        return new Done(volumeId);
    }

    /** Takes a volume off its server. */
    public OptionOutcome detach(UUID volumeId) {
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!isIdle(volume) || !isAttached(volumeId)) {
            return new Busy();
        }
        records.want(volume, Wanted.DETACH);
        begin(volume, "detach", Map.of("service", volume.serviceId()));
        return new Done(volumeId);
    }

    /**
     * Has a volume grow. From the second in which it has, the whole of it costs what a gibibyte costs now; the hour in progress costs the
     * higher of both, once.
     *
     * @param seenPrice the price that was shown
     */
    public OptionOutcome grow(UUID volumeId, int sizeGib, UUID seenPrice) {
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!isIdle(volume)) {
            return new Busy();
        }
        if (sizeGib <= volume.quantity() || sizeGib > SIZE_MAX_GIB) {
            return new BadSize(volume.quantity() + 1, SIZE_MAX_GIB);
        }
        var offer = terms.offer(OptionKind.VOLUME);
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        var now = terms.hourly(volume.priceVersionId());
        if (isParked(volume.walletId())
                || !now.currency().equals(offer.get().unit().currency())) {
            return new NoWallet();
        }
        var more = holds.atFirst(offer.get().hourly(sizeGib).minus(now));
        var missing = holds.hold(volume.walletId(), volumeId, more, HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                "update service_option set wanted = 'GROW', wanted_quantity = ?, wanted_price_id = ? where id = ?",
                sizeGib,
                terms.version(offer.get(), sizeGib),
                volumeId);
        begin(volume, "grow", Map.of("from_gib", volume.quantity(), "to_gib", sizeGib));
        return new Done(volumeId);
    }

    /** Deletes a volume and all on it for good: its last hour is charged, whatever else was wanted of it. */
    public OptionOutcome delete(UUID volumeId) {
        var volume = locked(volumeId, Permission.VPS_DELETE);
        if (volume.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        holds.release(volume.walletId(), volumeId);
        charging.end(volumeId, volume.walletId(), now);
        records.end(volume, State.TERMINATING, now);
        begin(volume, "delete", Map.of("name", volume.name(), "gib", volume.quantity()));
        return new Done(volumeId);
    }

    private void begin(ServiceOption volume, String what, Map<String, ?> facts) {
        items.write(VolumeWork.KIND, Ids.next(clock).toString(), volume.id());
        records.tell(volume, what);
        audit.record("volume." + what, "volume", volume.id().toString(), facts);
    }

    private ServiceOption locked(UUID volumeId, String permission) {
        var volume = records.lock(volumeId);
        if (volume.kind() != OptionKind.VOLUME) {
            throw new NotVisible("volume", volumeId);
        }
        access.requireIn(volume.organizationId(), permission);
        return volume;
    }

    private boolean isAttached(UUID volumeId) {
        return sql.one("select attached from service_option where id = ?", row -> row.flag("attached"), volumeId);
    }

    private boolean isKnown(UUID wish, UUID organizationId) {
        return sql.first(
                        "select id from service_option where id = ? and organization_id = ?",
                        row -> row.uuid("id"),
                        wish,
                        organizationId)
                .isPresent();
    }

    private int volumesOf(UUID organizationId) {
        return sql.one("""
                select count(*)::int as n
                  from service_option
                 where organization_id = ? and kind = 'VOLUME' and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """, row -> row.whole("n"), organizationId);
    }

    private boolean isParked(UUID walletId) {
        return sql.one(
                "select parked is not null as parked from wallet where id = ?", row -> row.flag("parked"), walletId);
    }

    private static boolean isIdle(ServiceOption volume) {
        return volume.state() == State.ACTIVE && volume.wanted().isEmpty();
    }

    static boolean isName(String name) {
        return name.strip().length() <= NAME_MAX && name.strip().matches("[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?");
    }
}
