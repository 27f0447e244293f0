package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.options.OptionEntries.Entry;
import io.tenantry.options.OptionOutcome.BadName;
import io.tenantry.options.OptionOutcome.BadSize;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.Suspended;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.Volumes;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    static final int NAME_MAX = 40;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

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
    OptionEntries entries;

    /** For the container. */
    public VolumeOrders() {}

    /** For use outside a container. */
    VolumeOrders(
            Sql sql,
            Clock clock,
            OptionRecords records,
            Hosts hosts,
            Terms terms,
            Holds holds,
            Charging charging,
            OptionEntries entries) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.hosts = hosts;
        this.terms = terms;
        this.holds = holds;
        this.charging = charging;
        this.entries = entries;
    }

    /**
     * Orders a volume for a server, in whose place it is made and to which it is attached.
     *
     * @param wish made by whoever asks, new for each wish: repeated, it tells of the same volume
     * @param seenPrice the price that was shown
     */
    public OptionOutcome create(UUID wish, UUID serviceId, String name, int sizeGib, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        if (entries.isKnown(wish, host.organizationId())) {
            return new Done(wish);
        }
        if (!isName(name)) {
            return new BadName();
        }
        if (sizeGib < SIZE_MIN_GIB || sizeGib > SIZE_MAX_GIB) {
            return new BadSize(SIZE_MIN_GIB, SIZE_MAX_GIB);
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (!host.isUp() || !hosts.can(host, Volumes.class)) {
            return new NotThere();
        }
        return entries.atPrice(OptionKind.VOLUME, seenPrice, host, offer -> {
            if (entries.volumesOf(host.organizationId()) >= VOLUMES_MAX) {
                return new TooMany(VOLUMES_MAX);
            }
            var entry = new Entry(wish, OptionKind.VOLUME, name.strip(), sizeGib, Optional.empty(), HELD_FOR);
            return entries.enter(host, offer, entry, Map.of("name", entry.name(), "gib", sizeGib));
        });
    }

    /** Attaches a volume that is at no server to one of the same organization and place. */
    public OptionOutcome attach(UUID volumeId, UUID serviceId) {
        var host = hosts.lock(serviceId, Permission.VPS_MANAGE);
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!volume.organizationId().equals(host.organizationId())) {
            throw new NotVisible("volume", volumeId);
        }
        if (host.isSuspended()) {
            return new Suspended();
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
        charging.follow(volume.walletId(), clock.instant());
        records.want(volume, Wanted.ATTACH);
        entries.begin(records.read(volumeId), "attach", Map.of("service", serviceId));
        return new Done(volumeId);
    }

    /** Takes a volume off its server. */
    public OptionOutcome detach(UUID volumeId) {
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!isIdle(volume) || !isAttached(volumeId)) {
            return new Busy();
        }
        records.want(volume, Wanted.DETACH);
        entries.begin(volume, "detach", Map.of("service", volume.serviceId()));
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
        var now = terms.hourly(volume.priceVersionId());
        return entries.atPrice(
                OptionKind.VOLUME,
                seenPrice,
                isParked(volume.walletId()),
                now.currency(),
                offer -> grow(volume, sizeGib, offer, now));
    }

    private OptionOutcome grow(ServiceOption volume, int sizeGib, Terms.Offer offer, Money now) {
        var more = holds.atFirst(offer.hourly(sizeGib).minus(now));
        var missing = holds.hold(volume.walletId(), volume.id(), more, HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                "update service_option set wanted = 'GROW', wanted_quantity = ?, wanted_price_id = ? where id = ?",
                sizeGib,
                terms.version(offer, sizeGib),
                volume.id());
        entries.begin(volume, "grow", Map.of("from_gib", volume.quantity(), "to_gib", sizeGib));
        return new Done(volume.id());
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
        entries.begin(volume, "delete", Map.of("name", volume.name(), "gib", volume.quantity()));
        return new Done(volumeId);
    }

    private ServiceOption locked(UUID volumeId, String permission) {
        return entries.allowed(records.lock(volumeId), OptionKind.VOLUME, permission);
    }

    private boolean isAttached(UUID volumeId) {
        return sql.one("select attached from service_option where id = ?", row -> row.flag("attached"), volumeId);
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
