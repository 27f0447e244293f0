package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.AddonOrdering.Entry;
import io.tenantry.cloud.addon.AddonOutcome.Busy;
import io.tenantry.cloud.addon.AddonOutcome.Done;
import io.tenantry.cloud.addon.AddonOutcome.NotSupported;
import io.tenantry.cloud.addon.AddonOutcome.Suspended;
import io.tenantry.cloud.addon.AddonOutcome.TooMany;
import io.tenantry.cloud.addon.AddonServers.Host;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The actions of customers on additional addresses of a server: order and release. An address is charged from the second in which it leads to
 * the server until the second in which its release is requested. Requests are processed one at a time, since their results are identified only
 * by comparison with the addresses before.
 */
@Stateless
public class AddressOrders {
    /** The name of an address until the provider reports which one it is. */
    static final String NAME = "IPv4";

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    AddonServers addonServers;

    @Inject
    AddressConstraints rules;

    @Inject
    Charging charging;

    @Inject
    AddonOrdering entries;

    /** For the container. */
    public AddressOrders() {}

    /** For use outside a container. */
    AddressOrders(
            Clock clock,
            AddonRepository records,
            AddonServers addonServers,
            AddressConstraints rules,
            Charging charging,
            AddonOrdering entries) {
        this.clock = clock;
        this.records = records;
        this.addonServers = addonServers;
        this.rules = rules;
        this.charging = charging;
        this.entries = entries;
    }

    /**
     * Orders an additional address.
     *
     * @param requestId chosen by the caller, new for each request: a repetition returns the same address
     * @param seenPrice the price that was shown
     */
    public AddonOutcome take(UUID requestId, UUID serviceId, UUID seenPrice) {
        var host = addonServers.lock(serviceId, Permission.VPS_CREATE);
        if (entries.isKnown(requestId, host.organizationId())) {
            return new Done(requestId);
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        var most = addonServers.addressesMax(host);
        if (!host.isUp() || most.isEmpty()) {
            return new NotSupported();
        }
        return entries.atPrice(AddonType.ADDRESS, seenPrice, host, offer -> {
            var addressState = rules.others(serviceId);
            if (addressState.isMoving()) {
                return new Busy();
            }
            return addressState.count() < most.get()
                    ? enter(requestId, host, offer)
                    : new TooMany(addressState.count());
        });
    }

    private AddonOutcome enter(UUID requestId, Host host, AddonPricing.Offer offer) {
        var entry = new Entry(requestId, AddonType.ADDRESS, NAME, 1, Optional.empty(), VolumeOrders.HELD_FOR);
        return entries.enter(host, offer, entry, Map.of("service", host.id()));
    }

    /** Releases an address permanently and charges its last hour. The same address cannot be ordered again. */
    public AddonOutcome release(UUID addressId) {
        var address = entries.allowed(records.lockWithServer(addressId), AddonType.ADDRESS, Permission.VPS_DELETE);
        if (address.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        charging.end(addressId, address.walletId(), now);
        records.end(address, State.TERMINATING, now);
        entries.begin(address, "release", Map.of("address", address.name(), "service", address.serviceId()));
        return new Done(addressId);
    }
}
