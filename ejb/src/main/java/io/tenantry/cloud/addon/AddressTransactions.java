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

/** What is written down while a server gets a further address, and gives it back; as {@link AddonTransactions}. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class AddressTransactions {
    /** After so many questions of which nobody knows what came, a person looks. */
    static final int LOST_MAX = 3;

    private static final CallDecision.Rule RULE = new CallDecision.Rule(AddonRepository.DELAY_MAX, LOST_MAX);

    @Inject
    AddonRepository records;

    @Inject
    AddonLifecycle lives;

    @Inject
    AddressConstraints rules;

    @Inject
    ServerAddresses reach;

    /** For the container. */
    public AddressTransactions() {}

    /** For use outside a container. */
    AddressTransactions(
            AddonRepository records, AddonLifecycle lives, AddressConstraints rules, ServerAddresses reach) {
        this.records = records;
        this.lives = lives;
        this.rules = rules;
        this.reach = reach;
    }

    /** Whether the vendor was asked for another one of the server, of which nobody knows yet what it is. */
    public boolean isAsked(UUID serviceId) {
        return rules.isAsked(serviceId);
    }

    /** Whether it waits for others of its server: what came of a question is told only by what was there before. */
    public boolean isBehind(Addon address) {
        return rules.isBehind(address);
    }

    /**
     * Nothing has come to the server: the next question is written down, as {@link AddonLifecycle#announce} says.
     *
     * @param there what the server has; if none was asked of which nobody knows what came, it is what it had before
     */
    public CallDecision announce(ClaimedWorkItem claimedWorkItem, List<String> there) {
        var address = lives.heldWithServer(claimedWorkItem);
        if (!address.isMaybeThere()) {
            if (rules.isBehind(address)) {
                return new CallDecision.Wait(Addon.PAUSE);
            }
            records.remember(address, there);
        }
        return lives.announce(address, RULE);
    }

    /** The vendor has given that one. */
    public void note(ClaimedWorkItem claimedWorkItem, String text) {
        var address = lives.held(claimedWorkItem);
        records.note(address, text);
        records.call(address, text);
    }

    /**
     * It leads to the server: from now on it is charged, the first hour at once.
     *
     * @param isListed whether the vendor tells it among the server's own, so that it can be named like those
     */
    public void activate(ClaimedWorkItem claimedWorkItem, boolean isListed) {
        var address = lives.held(claimedWorkItem);
        if (address.state() != State.ORDERED) {
            return;
        }
        lives.activate(address, address.priceVersionId(), "ready");
        if (isListed) {
            reach.come(address.serviceId(), address.upstreamId().orElseThrow());
        }
    }

    /**
     * Its server has ended before it led there, and the vendor keeps nothing of it. It is believed when it says so again, a grace later.
     *
     * @return whether it has failed for good
     */
    public boolean failWithServer(ClaimedWorkItem claimedWorkItem, String words) {
        var address = lives.held(claimedWorkItem);
        records.miss(address);
        if (address.state() != State.ORDERED || !address.isMissed()) {
            return false;
        }
        lives.abandon(address, Reason.NOT_FOUND.name().toLowerCase(Locale.ROOT), words);
        return true;
    }

    /**
     * The vendor says that it does not keep it. It is believed when it says so again, a grace later.
     *
     * @return whether nothing is left of it
     */
    public boolean missed(ClaimedWorkItem claimedWorkItem) {
        var address = lives.held(claimedWorkItem);
        var isOver = lives.missed(address, "released");
        if (isOver) {
            reach.go(address.serviceId(), address.upstreamId().orElseThrow());
        }
        return isOver;
    }
}
