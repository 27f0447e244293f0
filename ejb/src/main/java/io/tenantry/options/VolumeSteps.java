package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Task;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What is written down between two questions to a vendor about a volume. Each step is a transaction of the tenant, and writes nothing unless
 * the item is still held, nor if somebody has changed their mind meanwhile.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class VolumeSteps {
    /** After so many questions of which nobody knows what came, a person looks. */
    static final int LOST_MAX = 5;

    @Inject
    OptionRecords records;

    @Inject
    WorkItems items;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    /** For the container. */
    public VolumeSteps() {}

    /** For use outside a container. */
    VolumeSteps(OptionRecords records, WorkItems items, Holds holds, Charging charging, Clock clock) {
        this.records = records;
        this.items = items;
        this.holds = holds;
        this.charging = charging;
        this.clock = clock;
    }

    /** Whether the vendor may be asked for a volume now. */
    public sealed interface Announced {
        /** It is written down that it will be. */
        record Ask() implements Announced {}

        /** An earlier question may still come to something. */
        record Wait(Duration pause) implements Announced {}

        /** It was asked too often. */
        record Enough(int questions) implements Announced {}
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(Work work) {
        return items.isPast(work);
    }

    /** How the volume stands. */
    public ServiceOption read(UUID id) {
        return records.read(id);
    }

    /**
     * Somebody looked and found none: the next question is written down, unless an earlier one may still come to something. That is certain
     * only after two looks, a grace apart, later than any vendor's delay.
     */
    public Announced announceCreation(Work work) {
        var volume = held(work);
        if (volume.asked().isPresent()) {
            records.miss(volume);
            if (!volume.asked().get().isOld() || !volume.isMissed()) {
                return new Announced.Wait(OptionRecords.GRACE.plusSeconds(1));
            }
            records.lose(volume);
            if (volume.lost() + 1 >= LOST_MAX) {
                records.forget(volume);
                return new Announced.Enough(volume.lost() + 1);
            }
        }
        records.ask(volume);
        return new Announced.Ask();
    }

    /** The vendor is about to be asked for what is wanted. */
    public void announce(Work work) {
        records.ask(held(work));
    }

    /** The vendor says that it does it. */
    public void taken(Work work, Task task) {
        records.take(held(work), task.id());
    }

    /** The vendor surely did nothing. */
    public void refused(Work work) {
        records.forget(held(work));
    }

    /** The vendor may have done it or not. */
    public void unsure(Work work) {
        records.lose(held(work));
    }

    /** The vendor has made it. */
    public void note(Work work, String upstreamId) {
        records.note(held(work), upstreamId);
    }

    /** It is there: from now on it is charged, the first hour at once; and it is to be attached to its server, if that is there still. */
    public void activate(Work work) {
        var volume = held(work);
        if (volume.state() != State.ORDERED) {
            return;
        }
        var now = clock.instant();
        records.activate(volume, now);
        holds.take(volume.walletId(), volume.id());
        charging.activate(volume.id(), volume.walletId(), volume.priceVersionId(), now);
        records.tell(volume, "created");
        if (volume.isServerActive()) {
            records.want(volume, Wanted.ATTACH);
        }
    }

    /** It is as it was wanted; one that has grown has another price from this second on. */
    public void done(Work work) {
        var volume = held(work);
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
            case RESTORE -> throw new IllegalStateException("volume " + volume.id() + " is to be put back");
        }
    }

    /** It will not be as it was wanted: it is as it was, or as the vendor left it. */
    public void giveUp(Work work, Reason reason) {
        var volume = held(work);
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
        var volume = held(work);
        if (volume.wants(Wanted.ATTACH)) {
            records.settle(volume);
        }
    }

    /**
     * It will not come to be: what was held for it is free again. Only if that is certain, which it is not while the vendor may still do what
     * it was asked, or has made it.
     *
     * @return whether it has failed for good
     */
    public boolean fail(Work work, Reason reason, String words) {
        var volume = held(work);
        if (volume.state() != State.ORDERED
                || volume.asked().isPresent()
                || volume.upstreamId().isPresent()) {
            return false;
        }
        holds.release(volume.walletId(), volume.id());
        records.fail(volume, clock.instant(), words);
        records.tell(volume, "failed", reason.name().toLowerCase(Locale.ROOT));
        records.tellMembers(volume);
        return true;
    }

    /**
     * It is there, and the vendor is about to be asked to delete it.
     *
     * @return how long ago it was asked first
     */
    public Duration leave(Work work) {
        var volume = held(work);
        records.leave(volume);
        return volume.asked().map(ServiceOption.Asked::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor says that there is nothing. It is believed when it says so again, a grace later.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(Work work) {
        var volume = held(work);
        records.miss(volume);
        if (!volume.isMissed() || volume.state() != State.TERMINATING) {
            return false;
        }
        records.end(volume, State.TERMINATED, clock.instant());
        records.tell(volume, "deleted");
        return true;
    }

    private ServiceOption held(Work work) {
        items.hold(work);
        return records.lock(work.subject());
    }
}
