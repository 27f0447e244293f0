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

/** Creation and end of add-ons of any kind, with the money that they cost. Joins the caller's transaction. */
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

    /**
     * Locks the add-on until the transaction ends. Nothing is written unless the work item is still held and the requested change is still
     * current.
     */
    Addon held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.lock(claimedWorkItem.subject());
    }

    /** Like {@link #held}, and locks its whole server, for callers that read other add-ons of the server. */
    Addon heldWithServer(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.lockWithServer(claimedWorkItem.subject());
    }

    /**
     * Called after a lookup has found nothing: records the next request, unless an earlier one may still take effect. That is excluded only
     * after two lookups one grace period apart, later than the delay of any provider.
     */
    CallDecision announce(Addon option, CallDecision.RetryRule retryRule) {
        if (option.asked().isPresent()) {
            records.miss(option);
            if (option.asked().get().age().compareTo(retryRule.unseenMax()) <= 0 || !option.isMissed()) {
                return new CallDecision.Wait(AddonRepository.GRACE.plusSeconds(1));
            }
            records.lose(option);
            if (option.lost() + 1 >= retryRule.lostMax()) {
                records.forget(option);
                return new CallDecision.LimitReached(option.lost() + 1);
            }
        }
        records.ask(option);
        return new CallDecision.Allowed();
    }

    /** Charges the add-on at that price from now on, the first hour immediately; captures the reservation. */
    void activate(Addon option, UUID priceVersionId, String what) {
        var now = clock.instant();
        records.activate(option, now);
        reservations.take(option.walletId(), option.id());
        charging.activate(option.id(), option.walletId(), priceVersionId, now);
        records.recordEvent(option, what);
    }

    /** Fails the add-on: releases the reservation and notifies the members of the organization. */
    void abandon(Addon option, String reason, String words) {
        drop(option, reason, words);
        records.notifyMembers(option);
    }

    /** Like {@link #abandon}, without a notification: it ends together with its server, whose end is known. */
    void drop(Addon option, String reason, String words) {
        reservations.release(option.walletId(), option.id());
        records.fail(option, clock.instant(), words);
        records.recordEvent(option, "failed", reason);
    }

    /**
     * Called when the provider reports that nothing exists. That is believed when it is reported again one grace period later.
     *
     * @return whether nothing is left of it
     */
    boolean missed(Addon option, String what) {
        records.miss(option);
        if (!option.isMissed() || option.state() != State.TERMINATING) {
            return false;
        }
        records.end(option, State.TERMINATED, clock.instant());
        records.recordEvent(option, what);
        return true;
    }
}
