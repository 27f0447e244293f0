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
 * The transactions between requests to a provider about an add-on of any kind. Each method is one transaction of the tenant, and writes nothing
 * unless the work item is still held and the requested change is still current.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddonTransactions {
    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    WorkItems items;

    /** For the container. */
    public AddonTransactions() {}

    /** For use outside a container. */
    AddonTransactions(AddonRepository records, AddonLifecycle lifecycle, WorkItems items) {
        this.records = records;
        this.lifecycle = lifecycle;
        this.items = items;
    }

    /** Whether the requested change has been superseded by another one, which has its own work item. */
    public boolean isPast(ClaimedWorkItem claimedWorkItem) {
        return items.isPast(claimedWorkItem);
    }

    /** Whether another worker is still processing an earlier change and may call the provider for it. */
    public boolean isBehind(ClaimedWorkItem claimedWorkItem) {
        return items.isBehind(claimedWorkItem);
    }

    /** Reads the current state. */
    public Addon read(UUID id) {
        return records.read(id);
    }

    /** Called after a lookup has found nothing and no provider task is known: decides whether the provider may be asked to create it. */
    public CallDecision announceCreation(ClaimedWorkItem claimedWorkItem, CallDecision.RetryRule retryRule) {
        return lifecycle.announce(lifecycle.held(claimedWorkItem), retryRule);
    }

    /** Records that the provider is about to be asked for a change of an existing add-on, or for an idempotent operation. */
    public void announce(ClaimedWorkItem claimedWorkItem) {
        records.ask(lifecycle.held(claimedWorkItem));
    }

    /** Records that the provider has accepted the request as a task. */
    public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
        records.take(lifecycle.held(claimedWorkItem), providerTask.id());
    }

    /** Records that the provider certainly did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem) {
        records.forget(lifecycle.held(claimedWorkItem));
    }

    /** Records that it is unknown whether the provider carried out the request. */
    public void unsure(ClaimedWorkItem claimedWorkItem) {
        records.lose(lifecycle.held(claimedWorkItem));
    }

    /** Records the provider's ID. */
    public void note(ClaimedWorkItem claimedWorkItem, String upstreamId) {
        records.note(lifecycle.held(claimedWorkItem), upstreamId);
    }

    /**
     * Fails the order and releases its reservation, but only if it certainly came to nothing.
     *
     * @return whether it has failed finally
     */
    public boolean fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var option = lifecycle.held(claimedWorkItem);
        if (option.state() != State.ORDERED || !option.isSurelyNotThere()) {
            return false;
        }
        lifecycle.abandon(option, reason.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * Fails an order that was not requested from the provider because its server never ran or has ended, and releases its reservation.
     *
     * @return whether it has failed finally
     */
    public boolean dropWithServer(ClaimedWorkItem claimedWorkItem, String words) {
        var option = lifecycle.held(claimedWorkItem);
        if (!option.isUnasked() || option.isServerOnItsWay() || option.isServerActive()) {
            return false;
        }
        lifecycle.drop(option, Reason.NOT_FOUND.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * Records that it exists and that the provider is about to be asked to delete or release it.
     *
     * @return time since the first request
     */
    public Duration leave(ClaimedWorkItem claimedWorkItem) {
        var option = lifecycle.held(claimedWorkItem);
        records.leave(option);
        return option.asked().map(Addon.AddonRequest::age).orElse(Duration.ZERO);
    }

    /**
     * Records that the provider no longer lists it, which is believed when it is reported again.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        return lifecycle.missed(lifecycle.held(claimedWorkItem), "deleted");
    }
}
