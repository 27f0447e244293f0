package io.tenantry.cloud.provisioning;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.idempotency.IdempotencyKeys;
import io.tenantry.kernel.idempotency.RequestKey;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Orders of services. If a provider makes the server, the money for its first hours is reserved and a work item written in the same
 * transaction; the provider is called after it.
 */
@Stateless
public class ServiceOrders {
    /** Lifetime of the reservation; longer than any attempt to create the server. */
    static final Duration HELD_FOR = Duration.ofHours(4);

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    IdempotencyKeys keys;

    @Inject
    OrderChecks orderChecks;

    @Inject
    LaunchConfigs launchConfigs;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    SandboxServices sandboxServices;

    @Inject
    Reservations reservations;

    @Inject
    WorkItems items;

    /** The outcome of an order or a change. */
    public sealed interface Outcome {
        /** It is done. */
        record Done(UUID serviceId) implements Outcome {}

        /** The name is not 1 to 63 letters, digits, dots and hyphens. */
        record InvalidName() implements Outcome {}

        /** The reseller currently sells nothing new: its debt to the platform has reached the limit. */
        record SalesSuspended() implements Outcome {}

        /** The plan is not on sale in that region, or cannot be provided there at present. */
        record OfferWithdrawn() implements Outcome {}

        /** The plan now has another price than the one that was seen. */
        record PriceChanged(Money monthly) implements Outcome {}

        /** A different order was placed with the same key before; this is its service. */
        record AlreadyOrdered(UUID serviceId) implements Outcome {}

        /** The organization has no wallet, or it cannot be used at present. */
        record NoWallet(Currency currency) implements Outcome {}

        /** The organization has reached its quota of servers. */
        record QuotaExceeded(int limit) implements Outcome {}

        /** The wallet's spendable amount is below the cost of the first hours. */
        record InsufficientFunds(Money missing) implements Outcome {}

        /** The image is not offered there, or not for a plan of that size. */
        record ImageNotFound() implements Outcome {}

        /** One of the SSH keys does not belong to the organization, or no longer exists. */
        record SshKeyNotFound() implements Outcome {}

        /** The script does not belong to the organization, or no longer exists. */
        record ScriptNotFound() implements Outcome {}

        /** Servers there cannot run scripts. */
        record ScriptsUnsupported() implements Outcome {}

        /** These fields of the script have no valid value. */
        record MissingAnswers(List<String> fields) implements Outcome {}

        /** The script with its values is longer than providers accept. */
        record ScriptTooLong() implements Outcome {}

        /** The service has that plan already. */
        record Unchanged() implements Outcome {}

        /** Its server is at a provider, which must be asked first: see {@link Resizes}. */
        record ProviderManaged() implements Outcome {}
    }

    /**
     * Orders a server. If a provider creates it, the order is recorded on return, and the cost of the first hours is reserved; otherwise it is
     * up, and its first hour is charged.
     */
    public Outcome order(Order order) {
        return order(order, false);
    }

    /** Orders a server that is up on return, with its first hour charged and without any provider: for the history of a demo. */
    public Outcome orderAtOnce(Order order) {
        return order(order, true);
    }

    private Outcome order(Order order, boolean isAtOnce) {
        access.requireIn(order.organizationId(), Permission.VPS_CREATE);
        var checked = orderChecks.check(order, isAtOnce);
        if (checked instanceof OrderChecks.Checked.Refused refused) {
            return refused.why();
        }
        var accepted = (OrderChecks.Checked.Accepted) checked;
        return accepted.launch()
                .place()
                .map(place -> begin(order, accepted, place))
                .orElseGet(() -> new Outcome.Done(
                        sandboxServices.start(order, accepted.offer(), accepted.walletId(), accepted.launch())));
    }

    private Outcome begin(Order order, OrderChecks.Checked.Accepted accepted, ProvisioningTarget.Placement placement) {
        var offer = accepted.offer();
        var walletId = accepted.walletId();
        var id = Ids.next(clock);
        var missing = reservations.hold(
                walletId, id, reservations.firstHoursOfPlan(walletId, offer.planId(), offer.hourly()), HELD_FOR);
        if (missing.isPresent()) {
            return new Outcome.InsufficientFunds(missing.get());
        }
        serviceLifecycle.begin(id, order, walletId, offer.priceVersionId(), placement);
        launchConfigs.keep(id, accepted.launch());
        serviceLifecycle.recordEvent(serviceLifecycle.read(id), "ordered", "plan", offer.planName());
        items.write(ProvisionHandler.KIND, id.toString(), id);
        audit.record("service.ordered", "service", id);
        return new Outcome.Done(id);
    }

    /**
     * Orders a server once per key: a repetition returns the same server. A refused order may be repeated.
     *
     * @param key chosen by the caller, new for each order
     */
    public Outcome order(Order order, String key) {
        return once(order.organizationId(), key, order.toString(), () -> order(order));
    }

    /**
     * Does the same for an order that includes more than a server.
     *
     * @param request the whole request as text: a different one under the same key orders nothing once a service was ordered with it
     * @param action orders the server and everything included
     */
    public Outcome once(UUID organizationId, String key, String request, Supplier<Outcome> action) {
        access.requireIn(organizationId, Permission.VPS_CREATE);
        var named = new RequestKey(Optional.of(organizationId), key);
        var claim = keys.claim(named, request);
        if (claim instanceof IdempotencyKeys.Claim.Taken taken) {
            return new Outcome.AlreadyOrdered(UUID.fromString(taken.answer()));
        }
        if (claim instanceof IdempotencyKeys.Claim.Repeated repeated
                && !repeated.answer().isEmpty()) {
            return new Outcome.Done(UUID.fromString(repeated.answer()));
        }
        var outcome = action.get();
        if (outcome instanceof Outcome.Done done) {
            keys.answer(named, done.serviceId().toString());
        }
        return outcome;
    }
}
