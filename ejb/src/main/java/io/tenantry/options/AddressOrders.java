package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.identity.Permission;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionEntries.Entry;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.Suspended;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.ServiceOption.State;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What customers do with further addresses of a server: take one, give it back. It costs from the second in which it leads to the server to the
 * second in which it is to be given back. One at a time, since what came of a question is told only by what was there before.
 */
@Stateless
public class AddressOrders {
    /** What one is called until the vendor says which it is. */
    static final String NAME = "IPv4";

    @Inject
    Clock clock;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    AddressRules rules;

    @Inject
    Charging charging;

    @Inject
    OptionEntries entries;

    /** For the container. */
    public AddressOrders() {}

    /** For use outside a container. */
    AddressOrders(
            Clock clock,
            OptionRecords records,
            Hosts hosts,
            AddressRules rules,
            Charging charging,
            OptionEntries entries) {
        this.clock = clock;
        this.records = records;
        this.hosts = hosts;
        this.rules = rules;
        this.charging = charging;
        this.entries = entries;
    }

    /**
     * Takes one more.
     *
     * @param wish made by whoever asks, new for each wish: repeated, it tells of the same address
     * @param seenPrice the price that was shown
     */
    public OptionOutcome take(UUID wish, UUID serviceId, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        if (entries.isKnown(wish, host.organizationId())) {
            return new Done(wish);
        }
        if (host.isSuspended()) {
            return new Suspended();
        }
        var most = hosts.addressesMax(host);
        if (!host.isUp() || most.isEmpty()) {
            return new NotThere();
        }
        return entries.atPrice(OptionKind.ADDRESS, seenPrice, host, offer -> {
            var others = rules.others(serviceId);
            if (others.isMoving()) {
                return new Busy();
            }
            return others.count() < most.get() ? enter(wish, host, offer) : new TooMany(others.count());
        });
    }

    private OptionOutcome enter(UUID wish, Host host, Terms.Offer offer) {
        var entry = new Entry(wish, OptionKind.ADDRESS, NAME, 1, Optional.empty(), VolumeOrders.HELD_FOR);
        return entries.enter(host, offer, entry, Map.of("service", host.id()));
    }

    /** Gives it back for good: its last hour is charged. Nobody can have the same one again. */
    public OptionOutcome release(UUID addressId) {
        var address = entries.allowed(records.lockWithServer(addressId), OptionKind.ADDRESS, Permission.VPS_DELETE);
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
