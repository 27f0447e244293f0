package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionOutcome.Busy;
import io.tenantry.options.OptionOutcome.Done;
import io.tenantry.options.OptionOutcome.NoWallet;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * What customers do with further addresses of a server: take one, give it back. It costs from the second in which it leads to the server to the
 * second in which it is to be given back. One at a time, since what came of a question is told only by what was there before.
 */
@Stateless
public class AddressOrders {
    /** What one is called until the vendor says which it is. */
    static final String NAME = "IPv4";

    private static final String ENTER = """
            insert into service_option (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                        upstream_region, ordered_at)
            values (?, ?, ?, ?, 'ADDRESS', ?, 1, ?, ?, ?, ?)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    OptionRecords records;

    @Inject
    Hosts hosts;

    @Inject
    AddressRules rules;

    @Inject
    Terms terms;

    @Inject
    Holds holds;

    @Inject
    Charging charging;

    @Inject
    WorkItems items;

    /** For the container. */
    public AddressOrders() {}

    /** For use outside a container. */
    AddressOrders(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            OptionRecords records,
            Hosts hosts,
            Terms terms,
            Holds holds,
            Charging charging,
            WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.records = records;
        this.hosts = hosts;
        this.rules = new AddressRules(sql);
        this.terms = terms;
        this.holds = holds;
        this.charging = charging;
        this.items = items;
    }

    /**
     * Takes one more.
     *
     * @param wish made by whoever asks, new for each wish: repeated, it tells of the same address
     * @param seenPrice the price that was shown
     */
    public OptionOutcome take(UUID wish, UUID serviceId, UUID seenPrice) {
        var host = hosts.lock(serviceId, Permission.VPS_CREATE);
        if (rules.isKnown(wish, host.organizationId())) {
            return new Done(wish);
        }
        var most = hosts.addressesMax(host);
        if (!host.isUp() || most.isEmpty()) {
            return new NotThere();
        }
        var offer = terms.offer(OptionKind.ADDRESS);
        if (offer.isEmpty()) {
            return new NotOffered();
        }
        if (!offer.get().priceId().equals(seenPrice)) {
            return new PriceChanged();
        }
        if (host.isParked() || !host.currency().equals(offer.get().unit().currency())) {
            return new NoWallet();
        }
        var others = rules.others(serviceId);
        if (others.isMoving()) {
            return new Busy();
        }
        return others.count() < most.get() ? enter(wish, host, offer.get()) : new TooMany(others.count());
    }

    private OptionOutcome enter(UUID wish, Host host, Terms.Offer offer) {
        var amount = holds.atFirst(offer.hourly(1));
        var missing = holds.hold(host.walletId(), wish, amount, VolumeOrders.HELD_FOR);
        if (missing.isPresent()) {
            return new TooLittle(missing.get());
        }
        sql.update(
                ENTER,
                wish,
                host.id(),
                host.organizationId(),
                host.walletId(),
                NAME,
                terms.version(offer, 1),
                host.account().orElseThrow(),
                host.upstreamRegion(),
                clock.instant());
        begin(records.read(wish), "ordered", Map.of("service", host.id()));
        return new Done(wish);
    }

    /** Gives it back for good: its last hour is charged. Nobody can have the same one again. */
    public OptionOutcome release(UUID addressId) {
        var address = allowed(records.lock(addressId), Permission.VPS_DELETE);
        if (address.state() != State.ACTIVE) {
            return new Busy();
        }
        var now = clock.instant();
        charging.end(addressId, address.walletId(), now);
        records.end(address, State.TERMINATING, now);
        begin(address, "release", Map.of("address", address.name(), "service", address.serviceId()));
        return new Done(addressId);
    }

    private void begin(ServiceOption address, String what, Map<String, ?> facts) {
        items.write(AddressWork.KIND, Ids.next(clock).toString(), address.id());
        records.tell(address, what);
        audit.record("address." + what, "address", address.id().toString(), facts);
    }

    private ServiceOption allowed(ServiceOption address, String permission) {
        if (address.kind() != OptionKind.ADDRESS) {
            throw new NotVisible("address", address.id());
        }
        access.requireIn(address.organizationId(), permission);
        return address;
    }
}
