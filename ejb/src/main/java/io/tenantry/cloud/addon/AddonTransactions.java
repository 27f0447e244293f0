package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What is written down between two questions to a vendor about an option, of whatever kind. Each step is a transaction of the tenant, and
 * writes nothing unless the item is still held, nor if somebody has changed their mind meanwhile.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddonTransactions {
    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lives;

    @Inject
    WorkItems items;

    /** For the container. */
    public AddonTransactions() {}

    /** For use outside a container. */
    AddonTransactions(AddonRepository records, AddonLifecycle lives, WorkItems items) {
        this.records = records;
        this.lives = lives;
        this.items = items;
    }

    /** Whether something else is wanted by now, and the work for that sees to it. */
    public boolean isPast(ClaimedWorkItem claimedWorkItem) {
        return items.isPast(claimedWorkItem);
    }

    /** Whether somebody is still at what was wanted before, and may ask the vendor for it. */
    public boolean isBehind(ClaimedWorkItem claimedWorkItem) {
        return items.isBehind(claimedWorkItem);
    }

    /** How it stands. */
    public Addon read(UUID id) {
        return records.read(id);
    }

    /** Somebody looked and found none, and no task of the vendor's is known: whether it is asked to make one. */
    public CallDecision announceCreation(ClaimedWorkItem claimedWorkItem, CallDecision.Rule rule) {
        return lives.announce(lives.held(claimedWorkItem), rule);
    }

    /** The vendor is about to be asked for what is wanted of one that is there, or is as good twice as once. */
    public void announce(ClaimedWorkItem claimedWorkItem) {
        records.ask(lives.held(claimedWorkItem));
    }

    /** The vendor says that it does it. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        records.take(lives.held(claimedWorkItem), providerTask.id());
    }

    /** The vendor surely did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem) {
        records.forget(lives.held(claimedWorkItem));
    }

    /** The vendor may have done it or not. */
    public void unsure(ClaimedWorkItem claimedWorkItem) {
        records.lose(lives.held(claimedWorkItem));
    }

    /** The vendor has it, by that number. */
    public void note(ClaimedWorkItem claimedWorkItem, String upstreamId) {
        records.note(lives.held(claimedWorkItem), upstreamId);
    }

    /**
     * It will not come to be: what was held for it is free again. Only if that is certain.
     *
     * @return whether it has failed for good
     */
    public boolean fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var option = lives.held(claimedWorkItem);
        if (option.state() != State.ORDERED || !option.isSurelyNotThere()) {
            return false;
        }
        lives.abandon(option, reason.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * Its server never came up, or has ended, and nobody has asked the vendor for it: nothing comes of it, and what was held for it is free again.
     *
     * @return whether it has failed for good
     */
    public boolean dropWithServer(ClaimedWorkItem claimedWorkItem, String words) {
        var option = lives.held(claimedWorkItem);
        if (!option.isUnasked() || option.isServerOnItsWay() || option.isServerActive()) {
            return false;
        }
        lives.drop(option, Reason.NOT_FOUND.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * It is there, and the vendor is about to be asked to delete it, or to take it back.
     *
     * @return how long ago it was asked first
     */
    public Duration leave(ClaimedWorkItem claimedWorkItem) {
        var option = lives.held(claimedWorkItem);
        records.leave(option);
        return option.asked().map(Addon.AddonRequest::age).orElse(Duration.ZERO);
    }

    /**
     * The vendor has it no more, which is believed when it says so again.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        return lives.missed(lives.held(claimedWorkItem), "deleted");
    }
}
