package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.addon.AddonOrdering.Entry;
import io.tenantry.cloud.addon.AddonOutcome.BadName;
import io.tenantry.cloud.addon.AddonOutcome.BadSize;
import io.tenantry.cloud.addon.AddonOutcome.Busy;
import io.tenantry.cloud.addon.AddonOutcome.Done;
import io.tenantry.cloud.addon.AddonOutcome.InsufficientFunds;
import io.tenantry.cloud.addon.AddonOutcome.NotSupported;
import io.tenantry.cloud.addon.AddonOutcome.Suspended;
import io.tenantry.cloud.addon.AddonOutcome.TooMany;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.SelfOnly;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of customers on volumes. A requested change is stored with its work item and carried out by {@link VolumeHandler}; a volume has
 * at most one requested change. It is charged from the second in which its provider has it until the second in which its deletion is requested.
 */
@Stateless
public class VolumeOrders {
    /** The minimum size; some providers offer no smaller volumes. */
    public static final int SIZE_MIN_GIB = 10;

    public static final int SIZE_MAX_GIB = 10_000;

    /** The maximum number of volumes of an organization at one time. */
    public static final int VOLUMES_MAX = 100;

    /** Lifetime of the reservation; longer than any attempt to create the volume. */
    static final Duration HELD_FOR = Duration.ofHours(4);

    static final int NAME_MAX = 40;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    AddonServers addonServers;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    AddonOrdering entries;

    /** For the container. */
    public VolumeOrders() {}

    /** For use outside a container. */
    VolumeOrders(
            Sql sql,
            Clock clock,
            AddonRepository records,
            AddonServers addonServers,
            AddonPricing addonPricing,
            Reservations reservations,
            Charging charging,
            AddonOrdering entries) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
        this.reservations = reservations;
        this.charging = charging;
        this.entries = entries;
    }

    /**
     * Orders a volume for a server: it is created in the server's region and attached to it.
     *
     * @param requestId chosen by the caller, new for each request: a repetition returns the same volume
     * @param seenPrice the price that was shown
     */
    public AddonOutcome create(UUID requestId, UUID serviceId, String name, int sizeGib, UUID seenPrice) {
        var host = addonServers.lock(serviceId, Permission.VPS_CREATE);
        if (entries.isKnown(requestId, host.organizationId())) {
            return new Done(requestId);
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
        if (!host.isUp() || !addonServers.can(host, Volumes.class)) {
            return new NotSupported();
        }
        return entries.atPrice(AddonType.VOLUME, seenPrice, host, offer -> {
            if (entries.volumesOf(host.organizationId()) >= VOLUMES_MAX) {
                return new TooMany(VOLUMES_MAX);
            }
            var entry = new Entry(requestId, AddonType.VOLUME, name.strip(), sizeGib, Optional.empty(), HELD_FOR);
            return entries.enter(host, offer, entry, Map.of("name", entry.name(), "gib", sizeGib));
        });
    }

    /**
     * Attaches a detached volume to a server of the same organization and region. Refused during an impersonation: anyone with access to
     * the server can then read the volume.
     */
    public AddonOutcome attach(UUID volumeId, UUID serviceId) {
        SelfOnly.require("volumes");
        var host = addonServers.lock(serviceId, Permission.VPS_MANAGE);
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!volume.organizationId().equals(host.organizationId())) {
            throw new NotFoundException("volume", volumeId);
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        if (!host.isUp()
                || !host.account().orElse("").equals(volume.account())
                || !host.upstreamRegion().equals(volume.upstreamRegion())) {
            return new NotSupported();
        }
        if (!isIdle(volume) || isAttached(volumeId)) {
            return new Busy();
        }
        sql.update("update addon set service_id = ? where id = ?", serviceId, volumeId);
        charging.follow(volume.walletId(), clock.instant());
        records.want(volume, Wanted.ATTACH);
        entries.begin(records.read(volumeId), "attach", Map.of("service", serviceId));
        return new Done(volumeId);
    }

    /** Detaches a volume from its server. */
    public AddonOutcome detach(UUID volumeId) {
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!isIdle(volume) || !isAttached(volumeId)) {
            return new Busy();
        }
        records.want(volume, Wanted.DETACH);
        entries.begin(volume, "detach", Map.of("service", volume.serviceId()));
        return new Done(volumeId);
    }

    /**
     * Grows a volume. From the second in which it has grown, the whole volume is charged at the current price per gibibyte; the hour in
     * progress costs the higher of both prices, once.
     *
     * @param seenPrice the price that was shown
     */
    public AddonOutcome grow(UUID volumeId, int sizeGib, UUID seenPrice) {
        var volume = locked(volumeId, Permission.VPS_MANAGE);
        if (!isIdle(volume)) {
            return new Busy();
        }
        if (sizeGib <= volume.quantity() || sizeGib > SIZE_MAX_GIB) {
            return new BadSize(volume.quantity() + 1, SIZE_MAX_GIB);
        }
        var now = addonPricing.hourly(volume.priceVersionId());
        return entries.atPrice(
                AddonType.VOLUME,
                seenPrice,
                isParked(volume.walletId()),
                now.currency(),
                offer -> grow(volume, sizeGib, offer, now));
    }

    private AddonOutcome grow(Addon volume, int sizeGib, AddonPricing.Offer offer, Money now) {
        var more = reservations.firstHoursOf(
                volume.walletId(), volume.id(), offer.hourly(sizeGib).minus(now));
        var missing = reservations.hold(volume.walletId(), volume.id(), more, HELD_FOR);
        if (missing.isPresent()) {
            return new InsufficientFunds(missing.get());
        }
        sql.update(
                "update addon set pending_action = 'GROW', pending_quantity = ?, pending_price_id = ? where id = ?",
                sizeGib,
                addonPricing.version(offer, sizeGib),
                volume.id());
        entries.begin(volume, "grow", Map.of("from_gib", volume.quantity(), "to_gib", sizeGib));
        return new Done(volume.id());
    }

    /** Deletes a volume and all data on it permanently, regardless of any other requested change. Its last hour is charged. */
    public AddonOutcome delete(UUID volumeId) {
        var volume = locked(volumeId, Permission.VPS_DELETE);
        if (volume.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        reservations.release(volume.walletId(), volumeId);
        charging.end(volumeId, volume.walletId(), now);
        records.end(volume, State.TERMINATING, now);
        entries.begin(volume, "delete", Map.of("name", volume.name(), "gib", volume.quantity()));
        return new Done(volumeId);
    }

    private Addon locked(UUID volumeId, String permission) {
        return entries.allowed(records.lock(volumeId), AddonType.VOLUME, permission);
    }

    private boolean isAttached(UUID volumeId) {
        return sql.one("select attached from addon where id = ?", row -> row.flag("attached"), volumeId);
    }

    private boolean isParked(UUID walletId) {
        return sql.one(
                "select parked is not null as parked from wallet where id = ?", row -> row.flag("parked"), walletId);
    }

    private static boolean isIdle(Addon volume) {
        return volume.state() == State.ACTIVE && volume.wanted().isEmpty();
    }

    static boolean isName(String name) {
        return name.strip().length() <= NAME_MAX && name.strip().matches("[A-Za-z0-9]([A-Za-z0-9 ._-]*[A-Za-z0-9])?");
    }
}
