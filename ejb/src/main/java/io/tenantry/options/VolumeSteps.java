package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Locale;

/** What is written down of a volume alone while its vendor makes, attaches, detaches and grows it; as {@link OptionSteps}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VolumeSteps {
    @Inject
    OptionRecords records;

    @Inject
    OptionLives lives;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    /** For the container. */
    public VolumeSteps() {}

    /** For use outside a container. */
    VolumeSteps(OptionRecords records, OptionLives lives, Holds holds, Charging charging, Clock clock) {
        this.records = records;
        this.lives = lives;
        this.holds = holds;
        this.charging = charging;
        this.clock = clock;
    }

    /** It is there: from now on it is charged, the first hour at once; and it is to be attached to its server, if that is there still. */
    public void activate(Work work) {
        var volume = lives.held(work);
        if (volume.state() != State.ORDERED) {
            return;
        }
        lives.activate(volume, volume.priceVersionId(), "created");
        if (volume.isServerActive()) {
            records.want(volume, Wanted.ATTACH);
        }
    }

    /** It is as it was wanted; one that has grown has another price from this second on. */
    public void done(Work work) {
        var volume = lives.held(work);
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
                holds.take(volume.walletId(), volume.id());
                charging.changePrice(volume.id(), volume.walletId(), volume.wantedPriceId(), clock.instant());
                records.grow(volume);
                records.tell(volume, "grown");
            }
            case RESTORE, POLICY -> throw new IllegalStateException("no volume: " + volume.id());
        }
    }

    /** It will not be as it was wanted: it is as it was, or as the vendor left it. */
    public void giveUp(Work work, Reason reason) {
        var volume = lives.held(work);
        if (volume.wanted().isEmpty()) {
            return;
        }
        if (volume.wants(Wanted.GROW)) {
            holds.release(volume.walletId(), volume.id());
        } else if (volume.wants(Wanted.ATTACH)) {
            records.attach(volume, false);
        }
        records.settle(volume);
        records.tell(volume, "refused", reason.name().toLowerCase(Locale.ROOT));
    }

    /** Nobody wants it any more: its server is over. */
    public void drop(Work work) {
        var volume = lives.held(work);
        if (volume.wants(Wanted.ATTACH)) {
            records.settle(volume);
        }
    }
}
