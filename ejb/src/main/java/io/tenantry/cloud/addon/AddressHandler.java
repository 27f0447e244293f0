package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/**
 * Assigns an additional address to a server, and releases it. An address has no resource tag: it is identified by comparison with the addresses that
 * the server had before the request, so that after a lost response it is looked for before it is requested again.
 */
@ApplicationScoped
public class AddressHandler implements WorkHandler {
    /** The kind of its work items; each request has its own key. */
    public static final String KIND = "address";

    /** An address that does not lead to its server by then is parked for staff. */
    static final Duration PATIENCE = Duration.ofHours(1);

    private static final Duration LATER = Duration.ofSeconds(20);

    @Inject
    AddonHandlerSupport options;

    @Inject
    AddonTransactions transactions;

    @Inject
    AddressTransactions own;

    /** For the container. */
    public AddressHandler() {}

    /** For use outside a container. */
    AddressHandler(AddonHandlerSupport options, AddonTransactions transactions, AddressTransactions own) {
        this.options = options;
        this.transactions = transactions;
        this.own = own;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        return options.work(
                claimedWorkItem, AdditionalAddresses.class, "further addresses", this::go, HandlerContext::again);
    }

    private WorkOutcome go(HandlerContext<AdditionalAddresses> handlerContext) {
        var option = handlerContext.option();
        if (option.state() == State.ORDERED && option.isToWait()) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        return switch (option.state()) {
            case ORDERED -> option.isServerActive() ? get(handlerContext) : drop(handlerContext);
            case ACTIVE, TERMINATED, FAILED -> WorkOutcome.done();
            case TERMINATING -> giveBack(handlerContext);
        };
    }

    private WorkOutcome get(HandlerContext<AdditionalAddresses> handlerContext) {
        if (handlerContext.option().isUnasked() && own.isBehind(handlerContext.option())) {
            return WorkOutcome.later(
                    LATER); // Checked before any lookup: the result of the previous request does not belong to this
            // one.
        }
        handlerContext.requireOwn();
        var there = handlerContext.capability().addresses(handlerContext.serverId());
        var mine = mine(handlerContext.option(), there);
        if (mine.size() > 1) {
            return WorkOutcome.unclear("more addresses came than were asked for: " + texts(mine));
        }
        if (mine.size() == 1) {
            return await(handlerContext, mine.get(0));
        }
        if (handlerContext.option().upstreamId().isPresent()) {
            return handlerContext.isOverdue(PATIENCE)
                    ? WorkOutcome.unclear(
                            "address " + handlerContext.option().upstreamId().get() + " does not lead to the server")
                    : WorkOutcome.later(handlerContext.pause(LATER));
        }
        return ask(handlerContext, there);
    }

    private WorkOutcome await(HandlerContext<AdditionalAddresses> handlerContext, Address address) {
        if (handlerContext.option().upstreamId().isEmpty()) {
            own.note(handlerContext.claimedWorkItem(), address.text());
        }
        if (address.ready()) {
            var isListed = handlerContext
                    .home()
                    .provider()
                    .server(handlerContext.serverId())
                    .filter(providerServer -> providerServer.addresses().contains(address.text()))
                    .isPresent();
            own.activate(handlerContext.claimedWorkItem(), isListed);
            return WorkOutcome.done();
        }
        return handlerContext.isOverdue(PATIENCE)
                ? WorkOutcome.unclear("address " + address.text() + " is there, but does not lead to the server")
                : WorkOutcome.later(handlerContext.pause(LATER));
    }

    private WorkOutcome ask(HandlerContext<AdditionalAddresses> handlerContext, List<Address> there) {
        var texts = there.stream().map(Address::text).toList();
        var obstacle = own.announce(handlerContext.claimedWorkItem(), texts).obstacle();
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        var address =
                options.make(handlerContext, () -> handlerContext.capability().addAddress(handlerContext.serverId()));
        own.note(handlerContext.claimedWorkItem(), address.text());
        return WorkOutcome.later(HandlerContext.SOON);
    }

    /** Handles a server that has ended meanwhile: releases what the provider may have assigned, and fails the order. */
    private WorkOutcome drop(HandlerContext<AdditionalAddresses> handlerContext) {
        try {
            var given = given(handlerContext);
            given.forEach(address -> handlerContext.capability().releaseAddress(handlerContext.serverId(), address));
            return given.isEmpty()
                    ? HandlerContext.missed(
                            own.failWithServer(handlerContext.claimedWorkItem(), "its server has ended"))
                    : WorkOutcome.later(handlerContext.pause(LATER));
        } catch (ProviderFailure failure) {
            return handlerContext.again(failure); // Retried without limit: nothing else releases it.
        }
    }

    /** Returns what the provider keeps for an order: by its ID, or everything that appeared after the request. */
    private static List<String> given(HandlerContext<AdditionalAddresses> handlerContext) {
        if (handlerContext.isAnothers()) {
            return List.of();
        }
        var known = handlerContext.option().upstreamId();
        if (known.isPresent()) {
            return known
                    .filter(address -> handlerContext.capability().isKept(handlerContext.serverId(), address))
                    .stream()
                    .toList();
        }
        try {
            return mine(handlerContext.option(), handlerContext.capability().addresses(handlerContext.serverId()))
                    .stream()
                    .map(Address::text)
                    .toList();
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }

    /**
     * Releases no address while another one is being requested: the provider might assign the same one again, which could not be told from the
     * old one.
     */
    private WorkOutcome giveBack(HandlerContext<AdditionalAddresses> handlerContext) {
        if (handlerContext.option().isServerActive()
                && own.isAsked(handlerContext.option().serviceId())) {
            return WorkOutcome.later(Addon.PAUSE);
        }
        var address = handlerContext.option().upstreamId().orElseThrow();
        if (handlerContext.isAnothers() || !handlerContext.capability().isKept(handlerContext.serverId(), address)) {
            return HandlerContext.missed(own.missed(handlerContext.claimedWorkItem()));
        }
        return options.remove(
                handlerContext,
                List.of(address),
                () -> handlerContext.capability().releaseAddress(handlerContext.serverId(), address),
                LATER);
    }

    /** Returns the addresses of the add-on: by the ID if known, otherwise those that were not there before; none before the first request. */
    private static List<Address> mine(Addon option, List<Address> there) {
        if (option.upstreamId().isPresent()) {
            return there.stream()
                    .filter(one -> one.text().equals(option.upstreamId().get()))
                    .toList();
        }
        return option.isMaybeThere()
                ? there.stream()
                        .filter(one -> !option.previousAddresses().contains(one.text()))
                        .toList()
                : List.of();
    }

    private static String texts(List<Address> addresses) {
        return String.join(", ", addresses.stream().map(Address::text).toList());
    }
}
