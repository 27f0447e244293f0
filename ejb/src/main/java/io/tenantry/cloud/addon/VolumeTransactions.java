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

/** What is written down of a volume alone while its vendor makes, attaches, detaches and grows it; as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VolumeTransactions {
    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lives;

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
            AddonRepository records, AddonLifecycle lives, Reservations reservations, Charging charging, Clock clock) {
        this.records = records;
        this.lives = lives;
        this.reservations = reservations;
        this.charging = charging;
        this.clock = clock;
    }

    /** It is there: from now on it is charged, the first hour at once; and it is to be attached to its server, if that is there still. */
    public void activate(ClaimedWorkItem claimedWorkItem) {
        var volume = lives.held(claimedWorkItem);
        if (volume.state() != State.ORDERED) {
            return;
        }
        lives.activate(volume, volume.priceVersionId(), "created");
        if (volume.isServerActive()) {
            records.want(volume, Wanted.ATTACH);
        }
    }

    /** It is as it was wanted; one that has grown has another price from this second on. */
    public void done(ClaimedWorkItem claimedWorkItem) {
        var volume = lives.held(claimedWorkItem);
        if (volume.wanted().isEmpty()) {
            return;
        }
        switch (volume.wanted().get()) {
            case ATTACH -> {
                records.settle(volume);
                records.attach(volume, true);
                records.tell(volume, "attached");
            }
            case DETACH -> {
                records.settle(volume);
                records.attach(volume, false);
                records.tell(volume, "detached");
            }
            case GROW -> {
                reservations.take(volume.walletId(), volume.id());
                charging.changePrice(volume.id(), volume.walletId(), volume.wantedPriceId(), clock.instant());
                records.grow(volume);
                records.tell(volume, "grown");
            }
            case RESTORE, POLICY -> throw new IllegalStateException("no volume: " + volume.id());
        }
    }

    /** It will not be as it was wanted: it is as it was, or as the vendor left it. */
    public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
        var volume = lives.held(claimedWorkItem);
        if (volume.wanted().isEmpty()) {
            return;
        }
        if (volume.wants(Wanted.GROW)) {
            reservations.release(volume.walletId(), volume.id());
        } else if (volume.wants(Wanted.ATTACH)) {
            records.attach(volume, false);
        }
        records.settle(volume);
        records.tell(volume, "refused", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Nobody wants it any more: its server is over. */
    public void drop(ClaimedWorkItem claimedWorkItem) {
        var volume = lives.held(claimedWorkItem);
        if (volume.wants(Wanted.ATTACH)) {
            records.settle(volume);
        }
    }
}
