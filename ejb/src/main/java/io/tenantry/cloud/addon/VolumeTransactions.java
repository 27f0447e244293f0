package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.workqueue.ClaimedWorkItem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;

/** The transactions of creating, attaching, detaching and growing a volume, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VolumeTransactions {
    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    /** For the container. */
    public VolumeTransactions() {}

    /** For use outside a container. */
    VolumeTransactions(
            AddonRepository records,
            AddonLifecycle lifecycle,
            Reservations reservations,
            Charging charging,
            Clock clock) {
        this.records = records;
        this.lifecycle = lifecycle;
        this.reservations = reservations;
        this.charging = charging;
        this.clock = clock;
    }

    /** Activates a volume: it is charged from now on, the first hour immediately, and is to be attached to its server if that still exists. */
    public void activate(ClaimedWorkItem claimedWorkItem) {
        var volume = lifecycle.held(claimedWorkItem);
        if (volume.state() != State.ORDERED) {
            return;
        }
        lifecycle.activate(volume, volume.priceVersionId(), "created");
        if (volume.isServerActive()) {
            records.want(volume, Wanted.ATTACH);
        }
    }

    /** Records that the requested change is done; a volume that has grown has another price from this second on. */
    public void done(ClaimedWorkItem claimedWorkItem) {
        var volume = lifecycle.held(claimedWorkItem);
        if (volume.wanted().isEmpty()) {
            return;
        }
        switch (volume.wanted().get()) {
            case ATTACH -> {
                records.settle(volume);
                records.attach(volume, true);
                records.recordEvent(volume, "attached");
            }
            case DETACH -> {
                records.settle(volume);
                records.attach(volume, false);
                records.recordEvent(volume, "detached");
            }
            case GROW -> {
                reservations.take(volume.walletId(), volume.id());
                charging.changePrice(volume.id(), volume.walletId(), volume.wantedPriceId(), clock.instant());
                records.grow(volume);
                records.recordEvent(volume, "grown");
            }
            case RESTORE, POLICY -> throw new IllegalStateException("no volume: " + volume.id());
        }
    }

    /** Records that the requested change will not be made: the volume is unchanged, or as the provider left it. */
    public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var volume = lifecycle.held(claimedWorkItem);
        if (volume.wanted().isEmpty()) {
            return;
        }
        if (volume.wants(Wanted.GROW)) {
            reservations.release(volume.walletId(), volume.id());
        } else if (volume.wants(Wanted.ATTACH)) {
            records.attach(volume, false);
        }
        records.settle(volume);
        records.recordEvent(volume, "refused", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Drops an order that is no longer needed, since its server has ended. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var volume = lifecycle.held(claimedWorkItem);
        if (volume.wants(Wanted.ATTACH)) {
            records.settle(volume);
        }
    }
}
