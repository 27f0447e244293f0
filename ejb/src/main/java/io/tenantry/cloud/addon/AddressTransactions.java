package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provisioning.ServerAddresses;
import io.tenantry.workqueue.ClaimedWorkItem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The transactions of assigning and releasing an additional address, as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddressTransactions {
    /** Number of requests with an unknown result after which the work is parked for staff. */
    static final int LOST_MAX = 3;

    private static final CallDecision.RetryRule RULE = new CallDecision.RetryRule(AddonRepository.DELAY_MAX, LOST_MAX);

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lifecycle;

    @Inject
    AddressConstraints rules;

    @Inject
    ServerAddresses reach;

    /** For the container. */
    public AddressTransactions() {}

    /** For use outside a container. */
    AddressTransactions(
            AddonRepository records, AddonLifecycle lifecycle, AddressConstraints rules, ServerAddresses reach) {
        this.records = records;
        this.lifecycle = lifecycle;
        this.rules = rules;
        this.reach = reach;
    }

    /** Whether another address of the server was requested from the provider and is not identified yet. */
    public boolean isAsked(UUID serviceId) {
        return rules.isAsked(serviceId);
    }

    /**
     * Whether it waits for other addresses of its server: the result of a request is identified only by comparison with the addresses before.
     */
    public boolean isBehind(Addon address) {
        return rules.isBehind(address);
    }

    /**
     * Called when no new address has appeared: records the next request, as described at {@link AddonLifecycle#announce}.
     *
     * @param there the server's addresses; stored as those before the request, unless a request with an unknown result is open
     */
    public CallDecision announce(ClaimedWorkItem claimedWorkItem, List<String> there) {
        var address = lifecycle.heldWithServer(claimedWorkItem);
        if (!address.isMaybeThere()) {
            if (rules.isBehind(address)) {
                return new CallDecision.Wait(Addon.PAUSE);
            }
            records.remember(address, there);
        }
        return lifecycle.announce(address, RULE);
    }

    /** Records the address that the provider has assigned. */
    public void note(ClaimedWorkItem claimedWorkItem, String text) {
        var address = lifecycle.held(claimedWorkItem);
        records.note(address, text);
        records.call(address, text);
    }

    /**
     * Activates an address that leads to the server: it is charged from now on, the first hour immediately.
     *
     * @param isListed whether the provider lists it among the server's own addresses, so that it can be named like those
     */
    public void activate(ClaimedWorkItem claimedWorkItem, boolean isListed) {
        var address = lifecycle.held(claimedWorkItem);
        if (address.state() != State.ORDERED) {
            return;
        }
        lifecycle.activate(address, address.priceVersionId(), "ready");
        if (isListed) {
            reach.come(address.serviceId(), address.upstreamId().orElseThrow());
        }
    }

    /**
     * Fails an address whose server ended before the address led to it, once the provider reports nothing of it twice, one grace period apart.
     *
     * @return whether it has failed finally
     */
    public boolean failWithServer(ClaimedWorkItem claimedWorkItem, String words) {
        var address = lifecycle.held(claimedWorkItem);
        records.miss(address);
        if (address.state() != State.ORDERED || !address.isMissed()) {
            return false;
        }
        lifecycle.abandon(address, Reason.NOT_FOUND.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * Records that the provider reports that it does not keep the address, which is believed when it is reported again one grace period later.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        var address = lifecycle.held(claimedWorkItem);
        var isOver = lifecycle.missed(address, "released");
        if (isOver) {
            reach.go(address.serviceId(), address.upstreamId().orElseThrow());
        }
        return isOver;
    }
}
