package io.tenantry.options;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.options.Extras.Extra;
import io.tenantry.options.Hosts.Host;
import io.tenantry.options.OptionEntries.Entry;
import io.tenantry.options.OptionOutcome.BadSize;
import io.tenantry.options.OptionOutcome.NotOffered;
import io.tenantry.options.OptionOutcome.NotThere;
import io.tenantry.options.OptionOutcome.PriceChanged;
import io.tenantry.options.OptionOutcome.TooLittle;
import io.tenantry.options.OptionOutcome.TooMany;
import io.tenantry.options.Terms.Offer;
import io.tenantry.provider.Volumes;
import io.tenantry.provisioning.Order;
import io.tenantry.provisioning.Services;
import io.tenantry.text.InputText;
import io.tenantry.time.Ids;
import io.tenantry.wallet.Holds;
import io.tenantry.wallet.Wallets;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Orders of servers with what they are to have besides, all or nothing. The options are rows like any other, ordered before their server is up:
 * nobody asks the vendor for them until it is, and they come to nothing with it.
 */
@Stateless
public class WholeOrders {
    /** Longer than anybody tries to make the server, and then what goes with it. */
    static final Duration HELD_FOR = Duration.ofHours(8);

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    Services services;

    @Inject
    Hosts hosts;

    @Inject
    Terms terms;

    @Inject
    Wallets wallets;

    @Inject
    Holds holds;

    @Inject
    OptionEntries entries;

    /** For the container. */
    public WholeOrders() {}

    /** For use outside a container. */
    WholeOrders(
            Clock clock,
            Access access,
            Services services,
            Hosts hosts,
            Terms terms,
            Wallets wallets,
            Holds holds,
            OptionEntries entries) {
        this.clock = clock;
        this.access = access;
        this.services = services;
        this.hosts = hosts;
        this.terms = terms;
        this.wallets = wallets;
        this.holds = holds;
        this.entries = entries;
    }

    private record Wanted(Extra extra, Offer offer) {
        OptionKind kind() {
            return extra.kind();
        }

        /** Each address is an option of its own. */
        int rows() {
            return kind() == OptionKind.ADDRESS ? extra.quantity() : 1;
        }

        int quantity() {
            return kind() == OptionKind.ADDRESS ? 1 : extra.quantity();
        }

        Money hourly() {
            return offer.hourly(quantity());
        }
    }

    /**
     * Orders once per key: repeated, it tells of the same server. A refused order may be repeated.
     *
     * @param key made by whoever asks, new for each wish
     * @throws OrderRefused if the server can be had, but not with that
     */
    public Services.Outcome order(Order order, Extras extras, String key) {
        return services.once(order.organizationId(), key, order + " " + extras, () -> order(order, extras));
    }

    /**
     * Orders a server with what it is to have besides. What the first hours of each cost is held.
     *
     * @throws OrderRefused if the server can be had, but not with that
     */
    public Services.Outcome order(Order order, Extras extras) {
        access.requireIn(order.organizationId(), Permission.VPS_CREATE);
        var currency = wallets.currency(order.organizationId());
        terms.ordering();
        var wanted = extras.all().stream().map(extra -> priced(extra, currency)).toList();
        // Whoever else takes that many for the first time waits for these: so they are written before anything else is
        // locked.
        wanted.forEach(one -> terms.version(one.offer(), one.quantity()));
        var outcome = services.order(order);
        if (outcome instanceof Services.Outcome.TooLittle lacking) {
            var rest = wanted.stream().map(one -> one.hourly().times(one.rows()));
            return new Services.Outcome.TooLittle(plus(lacking.missing(), rest));
        }
        if (outcome instanceof Services.Outcome.Done done && !wanted.isEmpty()) {
            enter(order, hosts.lock(done.serviceId(), Permission.VPS_CREATE), wanted);
        }
        return outcome;
    }

    private Wanted priced(Extra extra, Currency currency) {
        if (extra.kind() == OptionKind.VOLUME && !isSize(extra.quantity())) {
            throw new OrderRefused(extra.kind(), new BadSize(VolumeOrders.SIZE_MIN_GIB, VolumeOrders.SIZE_MAX_GIB));
        }
        var offer = extra.kind() == OptionKind.BACKUP
                ? terms.offer(extra.policy(), currency)
                : terms.offer(extra.kind(), currency);
        if (offer.isEmpty()) {
            throw new OrderRefused(extra.kind(), new NotOffered());
        }
        if (extra.seenPrice()
                .filter(seen -> !seen.equals(offer.get().priceId()))
                .isPresent()) {
            throw new OrderRefused(extra.kind(), new PriceChanged());
        }
        return new Wanted(extra, offer.get());
    }

    private static boolean isSize(int gib) {
        return gib >= VolumeOrders.SIZE_MIN_GIB && gib <= VolumeOrders.SIZE_MAX_GIB;
    }

    private void enter(Order order, Host host, List<Wanted> wanted) {
        for (var one : wanted) {
            hindrance(one, host).ifPresent(why -> {
                throw new OrderRefused(one.kind(), why);
            });
        }
        var rows = wanted.stream()
                .flatMap(one -> Collections.nCopies(one.rows(), one).stream())
                .toList();
        for (var at = 0; at < rows.size(); at++) {
            var one = rows.get(at);
            var outcome = entries.enter(host, one.offer(), entry(order, one), facts(host, one));
            if (outcome instanceof TooLittle lacking) {
                var rest = rows.subList(at + 1, rows.size()).stream().map(Wanted::hourly);
                throw new OrderRefused(one.kind(), new TooLittle(plus(lacking.missing(), rest)));
            }
        }
    }

    private Optional<OptionOutcome> hindrance(Wanted one, Host host) {
        return switch (one.kind()) {
            case BACKUP ->
                unless(hosts.policies(host).stream()
                        .anyMatch(can -> can.policy().equals(one.extra().policy())));
            case VOLUME ->
                entries.volumesOf(host.organizationId()) >= VolumeOrders.VOLUMES_MAX
                        ? Optional.of(new TooMany(VolumeOrders.VOLUMES_MAX))
                        : unless(hosts.can(host, Volumes.class));
            case ADDRESS -> unless(one.rows() <= hosts.addressesMax(host).orElse(0));
            case SNAPSHOT -> unless(false);
        };
    }

    private static Optional<OptionOutcome> unless(boolean isThere) {
        return isThere ? Optional.empty() : Optional.of(new NotThere());
    }

    private Entry entry(Order order, Wanted one) {
        var policy = one.extra().policy();
        return new Entry(
                Ids.next(clock), one.kind(), name(order, one), one.quantity(), Optional.empty(), policy, HELD_FOR);
    }

    private static String name(Order order, Wanted one) {
        return switch (one.kind()) {
            case VOLUME -> volumeName(order.name().strip());
            case ADDRESS -> AddressOrders.NAME;
            case BACKUP, SNAPSHOT -> BackupOrders.NAME;
        };
    }

    /** What a volume is called after its server. */
    static String volumeName(String server) {
        var suffix = "-data";
        return InputText.cut(server, VolumeOrders.NAME_MAX - suffix.length()) + suffix;
    }

    private static Map<String, ?> facts(Host host, Wanted one) {
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

    /** What is missing in all, with the first hours of what was not come to. */
    private Money plus(Money missing, Stream<Money> hourlies) {
        return hourlies.map(holds::atFirst).reduce(missing, Money::plus);
    }
}
