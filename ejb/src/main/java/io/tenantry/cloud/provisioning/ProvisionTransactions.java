package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ProviderCalls.Result;
import io.tenantry.cloud.provisioning.ProviderCalls.Step;
import io.tenantry.people.notification.Notification;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The transactions between calls to a provider while a server is created. Each method is one transaction of the tenant, and writes nothing
 * unless the work item is still held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProvisionTransactions {
    /** After this many lost requests, no further server is requested from the provider. */
    static final int LOST_MAX = 5;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ProviderCalls providerCalls;

    @Inject
    WorkItems items;

    @Inject
    Reservations reservations;

    @Inject
    Charging charging;

    @Inject
    OrderFailures orderFailures;

    @Inject
    Clock clock;

    /** For the container. */
    public ProvisionTransactions() {}

    /** For use outside a container. */
    public ProvisionTransactions(
            ServiceLifecycle serviceLifecycle,
            ProviderCalls providerCalls,
            WorkItems items,
            Reservations reservations,
            Charging charging,
            Clock clock) {
        this.serviceLifecycle = serviceLifecycle;
        this.providerCalls = providerCalls;
        this.items = items;
        this.reservations = reservations;
        this.charging = charging;
        this.orderFailures = new OrderFailures(serviceLifecycle, providerCalls, items, reservations, clock);
        this.clock = clock;
    }

    /** Whether the provider may now be asked for a server. */
    public sealed interface CallDecision {
        /** It may; the request has been recorded. */
        record Ask() implements CallDecision {}

        /** It may not yet: an earlier request may still take effect. */
        record Wait(Duration pause) implements CallDecision {}

        /** It may not: the maximum number of requests has been reached. */
        record Enough(int attempts) implements CallDecision {}
    }

    /** Reads the state of the service. */
    public ServiceState read(UUID serviceId) {
        return serviceLifecycle.read(serviceId);
    }

    /** Returns its owner, as far as providers need to know. */
    public CustomerRef owner(ServiceState serviceState) {
        return serviceLifecycle.owner(serviceState);
    }

    /** Returns the data that its server is given when it is created. */
    public LaunchConfigs.LaunchPayload handed(UUID serviceId) {
        return serviceLifecycle.handed(serviceId);
    }

    /**
     * Called after a lookup has found no server: records the next request, unless an earlier one may still take effect. That is excluded only
     * after two lookups one grace period apart, later than the delay of any provider.
     *
     * @param isReserved whether a reserved server exists, whose creation must be requested again
     */
    public CallDecision announce(ClaimedWorkItem claimedWorkItem, boolean isReserved) {
        var serviceState = held(claimedWorkItem);
        if (serviceState.state() != Service.State.PROVISIONING) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
            serviceLifecycle.recordEvent(
                    serviceState, "provisioning", "region", serviceState.place().region());
        }
        var latest = providerCalls.latest(serviceState.id(), Step.CREATE);
        if (latest.isPresent() && latest.get().isOpen()) {
            var open = latest.get();
            if (!isReserved) {
                providerCalls.miss(serviceState.id(), Step.CREATE);
            }
            if (!open.isOld() || (!isReserved && !open.isMissed())) {
                return new CallDecision.Wait(ProviderCalls.GRACE.plusSeconds(1));
            }
            providerCalls.end(serviceState.id(), Step.CREATE, Result.NOT_FOUND, "");
            if (open.lost() + 1 >= LOST_MAX) {
                return new CallDecision.Enough(open.lost() + 1);
            }
        }
        providerCalls.announce(
                serviceState.id(),
                Step.CREATE,
                latest.map(ProviderCalls.Call::attempt).orElse(0) + 1);
        return new CallDecision.Ask();
    }

    /** Records the provider's server. */
    public void note(ClaimedWorkItem claimedWorkItem, ProviderServer providerServer) {
        var serviceState = held(claimedWorkItem);
        if (serviceState.state() != Service.State.PROVISIONING) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
        }
        serviceLifecycle.note(serviceState, providerServer.id());
        providerCalls.end(serviceState.id(), Step.CREATE, Result.DONE, "");
        serviceLifecycle.recordEvent(serviceState, "made", "server", providerServer.id());
    }

    /** Records the addresses of the server. */
    public void reached(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
        serviceLifecycle.reach(held(claimedWorkItem), addresses);
    }

    /** Activates the service, whose server is up: it is charged from now on, the first hour immediately, and its reservation is captured. */
    public void activate(ClaimedWorkItem claimedWorkItem, String address) {
        var serviceState = held(claimedWorkItem);
        var now = clock.instant();
        if (serviceState.state() == Service.State.UNKNOWN) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
        }
        serviceLifecycle.activate(serviceLifecycle.read(serviceState.id()), address, now);
        serviceLifecycle.recordEvent(serviceState, "activated", "address", address);
        reservations.take(serviceState.walletId(), serviceState.id());
        charging.activate(serviceState.id(), serviceState.walletId(), serviceState.priceVersionId(), now);
        serviceLifecycle.notifyMembers(serviceState, Notification.Kind.SERVICE_ORDERED);
    }

    /** Records that the provider certainly did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.CREATE, Result.REFUSED, words);
    }

    /** Records that it is unknown whether the provider carried out the request. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.CREATE, words);
    }

    /** Fails the order, which certainly has no server: its reservation is released. Customers see our reason, not the provider's message. */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        fail(held(claimedWorkItem), reason, words);
    }

    /**
     * Gives up for now: finally if no request to the provider may still take effect, otherwise until a review by staff. The reservation remains
     * until then, or until it expires.
     *
     * @return whether it has failed finally
     */
    public boolean giveUp(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        var serviceState = held(claimedWorkItem);
        var isOpen = providerCalls
                .latest(serviceState.id(), Step.CREATE)
                .filter(ProviderCalls.Call::isOpen)
                .isPresent();
        if (serviceState.upstreamId().isEmpty() && !isOpen) {
            fail(serviceState, reason, words);
            return true;
        }
        doubt(serviceState);
        return false;
    }

    /** Records that it is unknown whether a server was created, and how often. */
    public void doubt(ClaimedWorkItem claimedWorkItem) {
        doubt(held(claimedWorkItem));
    }

    /** Returns the time since the last request to the provider; zero if there was none. */
    public Duration age(UUID serviceId) {
        return providerCalls
                .latest(serviceId, Step.CREATE)
                .map(ProviderCalls.Call::age)
                .orElse(Duration.ZERO);
    }

    private void fail(ServiceState serviceState, Reason reason, String words) {
        orderFailures.fail(serviceState, reason.name().toLowerCase(Locale.ROOT), Result.REFUSED, words);
    }

    private void doubt(ServiceState serviceState) {
        if (serviceState.state() == Service.State.ORDERED) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
        }
        if (serviceState.state() != Service.State.UNKNOWN) {
            serviceLifecycle.move(serviceLifecycle.read(serviceState.id()), Service.State.UNKNOWN);
            serviceLifecycle.recordEvent(serviceState, "unclear", "state", "unknown");
        }
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
