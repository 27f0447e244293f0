package io.tenantry.cloud.addon;

import io.tenantry.billing.wallet.Reservations;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.addon.AddonOrdering.Entry;
import io.tenantry.cloud.addon.AddonOutcome.BadSize;
import io.tenantry.cloud.addon.AddonOutcome.InsufficientFunds;
import io.tenantry.cloud.addon.AddonOutcome.NotOffered;
import io.tenantry.cloud.addon.AddonOutcome.NotSupported;
import io.tenantry.cloud.addon.AddonOutcome.PriceChanged;
import io.tenantry.cloud.addon.AddonOutcome.TooMany;
import io.tenantry.cloud.addon.AddonPricing.Offer;
import io.tenantry.cloud.addon.AddonSelection.Extra;
import io.tenantry.cloud.addon.AddonServers.Host;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Orders servers together with their add-ons, all or nothing. The add-ons are ordinary rows that are ordered before their server runs: they are
 * not requested from the provider until it does, and fail together with it.
 */
@Stateless
public class ServerOrders {
    /** Lifetime of the reservation; longer than any attempt to create the server and then its add-ons. */
    static final Duration HELD_FOR = Duration.ofHours(8);

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    ServiceOrders serviceOrders;

    @Inject
    AddonServers addonServers;

    @Inject
    AddonPricing addonPricing;

    @Inject
    Wallets wallets;

    @Inject
    Reservations reservations;

    @Inject
    AddonOrdering entries;

    /** For the container. */
    public ServerOrders() {}

    /** For use outside a container. */
    ServerOrders(
            Clock clock,
            Access access,
            ServiceOrders serviceOrders,
            AddonServers addonServers,
            AddonPricing addonPricing,
            Wallets wallets,
            Reservations reservations,
            AddonOrdering entries) {
        this.clock = clock;
        this.access = access;
        this.serviceOrders = serviceOrders;
        this.addonServers = addonServers;
        this.addonPricing = addonPricing;
        this.wallets = wallets;
        this.reservations = reservations;
        this.entries = entries;
    }

    private record OrderedAddon(Extra extra, Offer offer) {
        AddonType kind() {
            return extra.kind();
        }

        /** Each address is a separate add-on. */
        int rows() {
            return kind() == AddonType.ADDRESS ? extra.quantity() : 1;
        }

        int quantity() {
            return kind() == AddonType.ADDRESS ? 1 : extra.quantity();
        }

        Money hourly() {
            return offer.hourly(quantity());
        }
    }

    /**
     * Orders once per key: a repetition returns the same server. A refused order may be repeated.
     *
     * @param key chosen by the caller, new for each order
     * @throws AddonRefusedException if the server is available, but not with these add-ons
     */
    public ServiceOrders.Outcome order(Order order, AddonSelection addonSelection, String key) {
        return serviceOrders.once(
                order.organizationId(), key, order + " " + addonSelection, () -> order(order, addonSelection));
    }

    /**
     * Orders a server together with its add-ons. The cost of the first hours of each is reserved.
     *
     * @throws AddonRefusedException if the server is available, but not with these add-ons
     */
    public ServiceOrders.Outcome order(Order order, AddonSelection addonSelection) {
        access.requireIn(order.organizationId(), Permission.VPS_CREATE);
        var currency = wallets.currency(order.organizationId());
        addonPricing.ordering();
        var wanted = addonSelection.all().stream()
                .map(extra -> priced(extra, currency))
                .toList();
        // Written before any other lock is taken, so that concurrent first uses of a quantity wait here and cannot
        // deadlock.
        wanted.forEach(one -> addonPricing.version(one.offer(), one.quantity()));
        var outcome = serviceOrders.order(order);
        if (outcome instanceof ServiceOrders.Outcome.InsufficientFunds lacking) {
            var rest = wanted.stream().map(one -> one.hourly().times(one.rows()));
            return new ServiceOrders.Outcome.InsufficientFunds(
                    plus(paying(order.organizationId()), order, lacking.missing(), rest));
        }
        if (outcome instanceof ServiceOrders.Outcome.Done done && !wanted.isEmpty()) {
            enter(order, addonServers.lock(done.serviceId(), Permission.VPS_CREATE), wanted);
        }
        return outcome;
    }

    private OrderedAddon priced(Extra extra, Currency currency) {
        if (extra.kind() == AddonType.VOLUME && !isSize(extra.quantity())) {
            throw new AddonRefusedException(
                    extra.kind(), new BadSize(VolumeOrders.SIZE_MIN_GIB, VolumeOrders.SIZE_MAX_GIB));
        }
        var offer = extra.kind() == AddonType.BACKUP
                ? addonPricing.offer(extra.policy(), currency)
                : addonPricing.offer(extra.kind(), currency);
        if (offer.isEmpty()) {
            throw new AddonRefusedException(extra.kind(), new NotOffered());
        }
        if (extra.seenPrice()
                .filter(seen -> !seen.equals(offer.get().priceId()))
                .isPresent()) {
            throw new AddonRefusedException(extra.kind(), new PriceChanged());
        }
        return new OrderedAddon(extra, offer.get());
    }

    private static boolean isSize(int gib) {
        return gib >= VolumeOrders.SIZE_MIN_GIB && gib <= VolumeOrders.SIZE_MAX_GIB;
    }

    private void enter(Order order, Host host, List<OrderedAddon> wanted) {
        for (var one : wanted) {
            obstacle(one, host).ifPresent(why -> {
                throw new AddonRefusedException(one.kind(), why);
            });
        }
        var rows = wanted.stream()
                .flatMap(one -> Collections.nCopies(one.rows(), one).stream())
                .toList();
        for (var at = 0; at < rows.size(); at++) {
            var one = rows.get(at);
            var outcome = entries.enter(host, one.offer(), entry(order, one), facts(host, one));
            if (outcome instanceof InsufficientFunds lacking) {
                var rest = rows.subList(at + 1, rows.size()).stream().map(OrderedAddon::hourly);
                throw new AddonRefusedException(
                        one.kind(), new InsufficientFunds(plus(host.walletId(), order, lacking.missing(), rest)));
            }
        }
    }

    private Optional<AddonOutcome> obstacle(OrderedAddon one, Host host) {
        return switch (one.kind()) {
            case BACKUP ->
                unless(addonServers.policies(host).stream()
                        .anyMatch(can -> can.policy().equals(one.extra().policy())));
            case VOLUME ->
                entries.volumesOf(host.organizationId()) >= VolumeOrders.VOLUMES_MAX
                        ? Optional.of(new TooMany(VolumeOrders.VOLUMES_MAX))
                        : unless(addonServers.can(host, Volumes.class));
            case ADDRESS -> unless(one.rows() <= addonServers.addressesMax(host).orElse(0));
            case SNAPSHOT -> unless(false);
        };
    }

    private static Optional<AddonOutcome> unless(boolean isThere) {
        return isThere ? Optional.empty() : Optional.of(new NotSupported());
    }

    private Entry entry(Order order, OrderedAddon one) {
        var policy = one.extra().policy();
        return new Entry(
                Ids.next(clock), one.kind(), name(order, one), one.quantity(), Optional.empty(), policy, HELD_FOR);
    }

    private static String name(Order order, OrderedAddon one) {
        return switch (one.kind()) {
            case VOLUME -> volumeName(order.name().strip());
            case ADDRESS -> AddressOrders.NAME;
            case BACKUP, SNAPSHOT -> BackupOrders.NAME;
        };
    }

    /** Returns the name of a volume, derived from its server's. */
    static String volumeName(String server) {
        var suffix = "-data";
        return InputText.cut(server, VolumeOrders.NAME_MAX - suffix.length()) + suffix;
    }

    private static Map<String, ?> facts(Host host, OrderedAddon one) {
        return switch (one.kind()) {
            case VOLUME -> Map.of("service", host.id(), "gib", one.quantity());
            case BACKUP ->
                Map.of(
                        "service",
                        host.id(),
                        "policy",
                        BackupOrders.words(one.extra().policy()));
            case ADDRESS, SNAPSHOT -> Map.of("service", host.id());
        };
    }

    private UUID paying(UUID organizationId) {
        return wallets.paying(organizationId).orElseThrow().id();
    }

    /** Returns the total that is missing, including the first hours of the add-ons not yet processed. */
    private Money plus(UUID walletId, Order order, Money missing, Stream<Money> hourlies) {
        return hourlies.map(hourly -> reservations.firstHoursOfPlan(walletId, order.planId(), hourly))
                .reduce(missing, Money::plus);
    }
}
