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
 * What is written down between two questions to a vendor while a server is made. Each step is a transaction of the tenant, and writes
 * nothing unless the item is still held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProvisionTransactions {
    /** A vendor with whom so many were lost is not asked for another. */
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

    /** Whether the vendor may be asked for a server now. */
    public sealed interface Announced {
        /** It is written down that it will be. */
        record Ask() implements Announced {}

        /** An earlier question may still come to something. */
        record Wait(Duration pause) implements Announced {}

        /** It was asked too often. */
        record Enough(int attempts) implements Announced {}
    }

    /** How the service stands. */
    public ServiceState read(UUID serviceId) {
        return serviceLifecycle.read(serviceId);
    }

    /** Whose it is, as far as vendors need to know. */
    public CustomerRef owner(ServiceState serviceState) {
        return serviceLifecycle.owner(serviceState);
    }

    /** What its server is handed when it is made. */
    public LaunchConfigs.LaunchPayload handed(UUID serviceId) {
        return serviceLifecycle.handed(serviceId);
    }

    /**
     * Somebody looked and found no server: the next question is written down, unless an earlier one may still come to something. That
     * is certain only after two looks, a grace apart, later than any vendor's delay.
     *
     * @param isReserved there is one, but it has to be asked for again to be made
     */
    public Announced announce(ClaimedWorkItem claimedWorkItem, boolean isReserved) {
        var serviceState = held(claimedWorkItem);
        if (serviceState.state() != Service.State.PROVISIONING) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
            serviceLifecycle.tell(
                    serviceState, "provisioning", "region", serviceState.place().region());
        }
        var latest = providerCalls.latest(serviceState.id(), Step.CREATE);
        if (latest.isPresent() && latest.get().isOpen()) {
            var open = latest.get();
            if (!isReserved) {
                providerCalls.miss(serviceState.id(), Step.CREATE);
            }
            if (!open.isOld() || (!isReserved && !open.isMissed())) {
                return new Announced.Wait(ProviderCalls.GRACE.plusSeconds(1));
            }
            providerCalls.end(serviceState.id(), Step.CREATE, Result.NOTHING, "");
            if (open.lost() + 1 >= LOST_MAX) {
                return new Announced.Enough(open.lost() + 1);
            }
        }
        providerCalls.announce(
                serviceState.id(),
                Step.CREATE,
                latest.map(ProviderCalls.Call::attempt).orElse(0) + 1);
        return new Announced.Ask();
    }

    /** The vendor has a server for it. */
    public void note(ClaimedWorkItem claimedWorkItem, ProviderServer providerServer) {
        var serviceState = held(claimedWorkItem);
        if (serviceState.state() != Service.State.PROVISIONING) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
        }
        serviceLifecycle.note(serviceState, providerServer.id());
        providerCalls.end(serviceState.id(), Step.CREATE, Result.DONE, "");
        serviceLifecycle.tell(serviceState, "made", "server", providerServer.id());
    }

    /** Its server is at these addresses. */
    public void reached(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
        serviceLifecycle.reach(held(claimedWorkItem), addresses);
    }

    /** Its server is up: from now on it is charged, the first hour at once, and nothing is held for it any more. */
    public void activate(ClaimedWorkItem claimedWorkItem, String address) {
        var serviceState = held(claimedWorkItem);
        var now = clock.instant();
        if (serviceState.state() == Service.State.UNKNOWN) {
            serviceLifecycle.move(serviceState, Service.State.PROVISIONING);
        }
        serviceLifecycle.activate(serviceLifecycle.read(serviceState.id()), address, now);
        serviceLifecycle.tell(serviceState, "activated", "address", address);
        reservations.take(serviceState.walletId(), serviceState.id());
        charging.activate(serviceState.id(), serviceState.walletId(), serviceState.priceVersionId(), now);
        serviceLifecycle.tellMembers(serviceState, Notification.Kind.SERVICE_ORDERED);
    }

    /** The vendor surely did nothing. */
    public void refused(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.end(serviceState.id(), Step.CREATE, Result.REFUSED, words);
    }

    /** The vendor may have done it or not. */
    public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
        var serviceState = held(claimedWorkItem);
        providerCalls.doubt(serviceState.id(), Step.CREATE, words);
    }

    /** It will not come up, and that is certain: what was held for it is free again. Customers read our reason, not the vendor's words. */
    public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
        fail(held(claimedWorkItem), reason, words);
    }

    /**
     * It is given up for now: for good if no question to the vendor may still come to something, else until a person has looked. What is
     * held for it stays so until then, or until its end.
     *
     * @return whether it has failed for good
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

    /** Nobody can tell whether it was made, and how often. */
    public void doubt(ClaimedWorkItem claimedWorkItem) {
        doubt(held(claimedWorkItem));
    }

    /** How long ago the vendor was asked for it last; nothing if it was not. */
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
            serviceLifecycle.tell(serviceState, "unclear", "state", "unknown");
        }
    }

    private ServiceState held(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return serviceLifecycle.lock(claimedWorkItem.subject());
    }
}
