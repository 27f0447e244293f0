package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.UUID;

/** How options of whatever kind come to be and end, with the money that they cost. Joins the caller's transaction. */
@ApplicationScoped
public class AddonLifecycle {
    @Inject
    AddonRepository records;

    @Inject
    WorkItems items;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    Clock clock;

    /** For the container. */
    public AddonLifecycle() {}

    /** For use outside a container. */
    AddonLifecycle(
            AddonRepository records, WorkItems items, Reservations reservations, Charging charging, Clock clock) {
        this.records = records;
        this.items = items;
        this.reservations = reservations;
        this.charging = charging;
        this.clock = clock;
    }

    /** As it is until the transaction ends; nothing is written unless the item is still held, nor if somebody has changed their mind. */
    Addon held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.lock(claimedWorkItem.subject());
    }

    /** The same, and all of its server: for whoever looks at other options of that. */
    Addon heldWithServer(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.lockWithServer(claimedWorkItem.subject());
    }

    /**
     * Somebody looked and found none: the next question is written down, unless an earlier one may still come to something. That is certain
     * only after two looks, a grace apart, later than any vendor's delay.
     */
    CallDecision announce(Addon option, CallDecision.Rule rule) {
        if (option.asked().isPresent()) {
            records.miss(option);
            if (option.asked().get().age().compareTo(rule.unseenMax()) <= 0 || !option.isMissed()) {
                return new CallDecision.Wait(AddonRepository.GRACE.plusSeconds(1));
            }
            records.lose(option);
            if (option.lost() + 1 >= rule.lostMax()) {
                records.forget(option);
                return new CallDecision.Enough(option.lost() + 1);
            }
        }
        records.ask(option);
        return new CallDecision.Ask();
    }

    /** From now on it is charged at that price, the first hour at once; what was held for it is taken. */
    void activate(Addon option, UUID priceVersionId, String what) {
        var now = clock.instant();
        records.activate(option, now);
        reservations.take(option.walletId(), option.id());
        charging.activate(option.id(), option.walletId(), priceVersionId, now);
        records.tell(option, what);
    }

    /** It will not come to be: what was held for it is free again, and those who ordered are told. */
    void abandon(Addon option, String reason, String words) {
        drop(option, reason, words);
        records.tellMembers(option);
    }

    /** The same, and nobody is told: it goes the way of its server, of which they know. */
    void drop(Addon option, String reason, String words) {
        reservations.release(option.walletId(), option.id());
        records.fail(option, clock.instant(), words);
        records.tell(option, "failed", reason);
    }

    /**
     * The vendor says that there is nothing. It is believed when it says so again, a grace later.
     *
     * @return whether nothing is left of it
     */
    boolean missed(Addon option, String what) {
        records.miss(option);
        if (!option.isMissed() || option.state() != State.TERMINATING) {
            return false;
        }
        records.end(option, State.TERMINATED, clock.instant());
        records.tell(option, what);
        return true;
    }
}
