package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.ServerResize;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Changes the plans of services. If a provider has the server, it is resized first ({@link ResizeHandler}), and the new price applies from the
 * moment when the provider has done it; otherwise the price applies immediately.
 *
 * <p>Has more than ten collaborators: it checks and reserves as an order does, and locks and requests as an operation on a server does.
 */
@Stateless
public class Resizes {
    /** Lifetime of the reservation; longer than {@link ResizeHandler#PATIENCE}. */
    static final Duration HELD_FOR = Duration.ofHours(4);

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Catalog catalog;

    @Inject
    Charging charging;

    @Inject
    SandboxServices sandboxServices;

    @Inject
    LockedServices lockedServices;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    ProviderCapabilities providerCapabilities;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    Reservations reservations;

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** The service has the plan: there is no server to resize. */
        record Done() implements Outcome {}

        /** The resize is recorded and starts immediately. */
        record Wanted() implements Outcome {}

        /** Another operation on the server is in progress. */
        record Busy(String meanwhile) implements Outcome {}

        /** The service cannot have that plan. */
        record Refused(Refusal why) implements Outcome {}

        /** The plan now has another price than the one that was seen. */
        record PriceChanged(Money monthly) implements Outcome {}

        /** The wallet cannot be used at present. */
        record NoWallet(Currency currency) implements Outcome {}

        /** The wallet's spendable amount is below the increase in the cost of the first hours. */
        record InsufficientFunds(Money missing) implements Outcome {}
    }

    /** Why a service cannot have a plan. */
    public enum Refusal {
        /** The service has it already. */
        CURRENT,
        /** It is not sold there at present, or not in the currency in which the service is paid. */
        WITHDRAWN,
        /** The plan is not provided where the server is, or not at present. */
        UNAVAILABLE,
        /** Its disk is smaller than the server's. */
        DISK,
        /** The provider does not support resizing. */
        UNSUPPORTED
    }

    /**
     * A plan that is sold where the service is.
     *
     * @param surcharge added once for the hour in progress if the plan were changed now; zero if that hour has cost as much already
     * @param refusal why the service cannot have it, if so
     */
    public record Choice(Offer offer, Money surcharge, Optional<Refusal> refusal) {
        /** Whether it is the present plan of the service. */
        public boolean isCurrent() {
            return refusal.filter(Refusal.CURRENT::equals).isPresent();
        }
    }

    /** Returns the plans that a service, as read before, could change to, with their present cost. Does not call the provider. */
    public List<Choice> choices(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        var offers = catalog.offers(now.regionCode(), now.monthly().currency());
        var surcharges = charging.surcharges(now.id(), clock.instant());
        var sizes = sizes(now, offers);
        return offers.stream()
                .map(offer -> new Choice(
                        offer,
                        surcharges
                                .map(question -> question.apply(offer.monthly()))
                                .orElseGet(() -> Money.zero(offer.monthly().currency())),
                        refusal(now, offer, sizes)))
                .toList();
    }

    /**
     * Requests a change to a plan at its current price.
     *
     * @throws InvalidStateException unless the service is active
     */
    public Outcome want(UUID serviceId, UUID planId) {
        return want(serviceId, planId, Optional.empty());
    }

    /**
     * Requests a change to a plan at the price that was seen.
     *
     * @param seenPrice the price version that was seen, if any was
     * @throws InvalidStateException unless the service is active
     */
    public Outcome want(UUID serviceId, UUID planId, Optional<UUID> seenPrice) {
        var now = lockedServices.takeActive(serviceId);
        var meanwhile = lockedServices.meanwhile(now);
        if (meanwhile.isPresent()) {
            return new Outcome.Busy(meanwhile.get());
        }
        var offer = catalog.order(planId, now.regionCode(), now.monthly().currency());
        if (offer.isEmpty()) {
            return new Outcome.Refused(now.planId().equals(planId) ? Refusal.CURRENT : Refusal.WITHDRAWN);
        }
        var sizes = sizes(now, List.of(offer.get()));
        var refusal = refusal(now, offer.get(), sizes);
        if (refusal.isPresent()) {
            return new Outcome.Refused(refusal.get());
        }
        if (OrderChecks.isOther(offer.get(), seenPrice)) {
            return new Outcome.PriceChanged(offer.get().monthly());
        }
        if (lockedServices.isParked(serviceId)) {
            return new Outcome.NoWallet(now.monthly().currency());
        }
        if (!now.hasServer()) {
            return sandboxServices.changePlan(serviceId, planId) instanceof ServiceOrders.Outcome.Done
                    ? new Outcome.Done()
                    : new Outcome.Refused(Refusal.WITHDRAWN);
        }
        return begin(
                now, offer.get(), Objects.requireNonNull(sizes.orElseThrow().get(planId)));
    }

    private Outcome begin(Services.Summary now, Offer offer, String size) {
        var serviceState = serviceLifecycle.read(now.id());
        var increase = offer.hourly().minus(now.hourly());
        var missing = reservations.hold(
                serviceState.walletId(),
                serviceState.id(),
                reservations.firstHoursOfPlan(serviceState.walletId(), offer.planId(), increase),
                HELD_FOR);
        if (missing.isPresent()) {
            return new Outcome.InsufficientFunds(missing.get());
        }
        pendingOperations.resize(serviceState.id(), offer.planId(), offer.priceVersionId(), size);
        serviceLifecycle.recordEvent(serviceState, "resize_wanted", "plan", offer.planName());
        audit.record(
                "service.resize_requested",
                "service",
                serviceState.id().toString(),
                Map.of(
                        "plan",
                        offer.planId().toString(),
                        "price_version",
                        offer.priceVersionId().toString()));
        return new Outcome.Wanted();
    }

    /** Returns the provider's size codes of those plans in the server's region; empty if there is no server, or it cannot be resized. */
    private Optional<Map<UUID, String>> sizes(Services.Summary now, List<Offer> offers) {
        if (!now.hasServer()) {
            return Optional.empty();
        }
        var placement = serviceLifecycle.read(now.id()).place();
        if (!providerCapabilities.has(placement.account(), ServerResize.class)) {
            return Optional.empty();
        }
        Map<UUID, Plan.Size> plans = offers.stream().collect(Collectors.toMap(Offer::planId, Offer::size));
        return Optional.of(provisioningTargets.sizes(plans, placement));
    }

    private static Optional<Refusal> refusal(Services.Summary now, Offer offer, Optional<Map<UUID, String>> sizes) {
        if (offer.planId().equals(now.planId())) {
            return Optional.of(Refusal.CURRENT);
        }
        if (!now.hasServer()) {
            return Optional.empty();
        }
        if (sizes.isEmpty()) {
            return Optional.of(Refusal.UNSUPPORTED);
        }
        if (!sizes.get().containsKey(offer.planId())) {
            return Optional.of(Refusal.UNAVAILABLE);
        }
        var disk = offer.size().diskGib();
        return disk > 0 && disk < now.size().diskGib() ? Optional.of(Refusal.DISK) : Optional.empty();
    }
}
