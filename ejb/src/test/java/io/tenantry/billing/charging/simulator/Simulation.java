package io.tenantry.billing.charging.simulator;

import io.tenantry.billing.charging.Rating.Period;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a history with the pure rule and the reference model and compares them after each act, so that the first differing act ends the shortest
 * failing prefix of the history.
 */
final class Simulation {
    /** Edge cases among the usual zones: half hours, quarters, two hours of summer time, a month that begins twice, changes at midnight. */
    private static final List<ZoneId> ZONES = Stream.of(
                    "Europe/Berlin",
                    "America/New_York",
                    "Australia/Lord_Howe",
                    "Asia/Kathmandu",
                    "America/Havana",
                    "Pacific/Auckland",
                    "Antarctica/Troll",
                    "Pacific/Chatham",
                    "America/St_Johns",
                    "Africa/Casablanca",
                    "Africa/Cairo",
                    "Asia/Beirut",
                    "Europe/Dublin",
                    "America/Nuuk",
                    "Pacific/Kiritimati",
                    "UTC")
            .map(ZoneId::of)
            .toList();

    private final Scale scale;
    private final Months months;
    private final ReferenceModel referenceModel;
    final Set<Integer> running = new TreeSet<>();
    final PureReseller reseller;
    private int lived;

    Simulation(ZoneId zone, Scale scale) {
        this.scale = scale;
        this.months = new Months(zone, scale.from(), scale.to().plusSeconds(2 * 86_400));
        this.referenceModel = new ReferenceModel(months);
        this.reseller = new PureReseller(zone);
    }

    /** Returns the zone of a seed. */
    static ZoneId zone(long seed) {
        return ZONES.get((int) Math.floorMod(seed, (long) ZONES.size()));
    }

    /** Results of a simulation. */
    record Outcome(int services, int changes, long charges, long hours, Money revenue, Map<String, Integer> events) {}

    /** Runs a whole history; a failure is reported with the shortest failing history. */
    static Outcome of(History history, Scale scale) {
        try {
            return new Simulation(history.zone(), scale).live(history.acts());
        } catch (Deviation deviation) {
            var core = core(history, scale, history.acts().subList(0, deviation.acts));
            throw deviation.told(history, core, "SimulatorTest");
        }
    }

    /** Removes everything possible from a failing history, in ever smaller pieces. */
    private static List<BillingAction> core(History history, Scale scale, List<BillingAction> failing) {
        var core = failing;
        for (var piece = core.size() / 2; piece > 0; piece /= 2) {
            for (var from = core.size() - piece; from >= 0; from -= piece) {
                var rest = new ArrayList<>(core.subList(0, from));
                rest.addAll(core.subList(Math.min(core.size(), from + piece), core.size()));
                var shorter = failure(history, scale, rest);
                if (shorter.isPresent()) {
                    core = rest.subList(0, shorter.get().acts);
                    from = Math.min(from, core.size());
                }
            }
        }
        return List.copyOf(core);
    }

    private static Optional<Deviation> failure(History history, Scale scale, List<BillingAction> acts) {
        try {
            new Simulation(history.zone(), scale).live(acts);
            return Optional.empty();
        } catch (Deviation deviation) {
            return Optional.of(deviation);
        } catch (IllegalArgumentException nonsense) {
            return Optional.empty();
        }
    }

    private Outcome live(List<BillingAction> acts) {
        acts.forEach(this::live);
        finish();
        return outcome(acts);
    }

    /** Verifies the final state of every service and of the ledger. */
    void finish() {
        reseller.services.keySet().forEach(this::periods);
        books();
    }

    /** Performs the next act and verifies the state after it. */
    void live(BillingAction billingAction) {
        lived++;
        referenceModel.live(billingAction);
        try {
            reseller.live(billingAction);
        } catch (IllegalStateException | ArithmeticException failure) {
            throw wrong("the rule: " + failure, failure);
        }
        if (billingAction instanceof BillingAction.Order order) {
            running.add(order.service());
            service(order.service());
        } else if (billingAction instanceof BillingAction.Change change) {
            service(change.service());
        } else if (billingAction instanceof BillingAction.End end) {
            running.remove(end.service());
            service(end.service());
            periods(end.service());
        } else if (billingAction instanceof BillingAction.Run) {
            running.forEach(this::owed);
            referenceModel.purses.keySet().forEach(this::wallet);
        } else if (billingAction instanceof BillingAction.Move move) {
            wallet(move.wallet());
        } else if (billingAction instanceof BillingAction.Limit limit) {
            wallet(limit.wallet());
        }
    }

    private void service(int number) {
        owed(number);
        wallet(reseller.rented(number).wallet.number);
    }

    /** Verifies that a service was charged its started hours, no more and no less. */
    private void owed(int number) {
        var charged = ReferenceModel.units(reseller.rented(number).charged);
        var owed = referenceModel.tenant(number).hours.total();
        if (charged != owed) {
            throw wrong("service " + number + " was charged " + charged + "e-8 and owes " + owed + "e-8");
        }
    }

    /** Verifies that a wallet holds what came in less what its services owe, and received each threshold event once. */
    private void wallet(int number) {
        var wallet = reseller.wallet(number);
        var purse = referenceModel.purse(number);
        if (ReferenceModel.units(wallet.balance) != purse.balance()) {
            throw wrong("wallet " + number + " holds " + wallet.balance + ", expected " + purse.balance() + "e-8");
        }
        var told = wallet.events;
        if (told.size() != purse.events.size()
                || (!told.isEmpty() && !told.get(told.size() - 1).kind().equals(purse.events.get(told.size() - 1)))) {
            throw wrong("wallet " + number + " was told " + told + ", expected " + purse.events);
        }
    }

    /** Verifies that a service's periods are contiguous without gap or overlap, and that no month cost more than the highest price in it. */
    private void periods(int number) {
        var rented = reseller.rented(number);
        var expected = rented.activatedAt;
        var hours = 0;
        var months = new TreeMap<Instant, Money>();
        for (var period : rented.periods) {
            if (!period.startsAt().equals(expected)) {
                throw wrong("service " + number + ": " + period + " should start at " + expected);
            }
            expected = period.chargedUntil();
            hours += period.hours();
            months.merge(period.monthEndsAt(), period.amount(), Money::plus);
            if (months.getOrDefault(period.monthEndsAt(), period.amount()).compareTo(period.monthCap()) > 0) {
                throw wrong("service " + number + ": the month of " + period + " cost " + months);
            }
            ofOneMonth(number, period);
        }
        if (hours != referenceModel.tenant(number).hours.hours()) {
            throw wrong("service " + number + ": " + hours + " hours, expected "
                    + referenceModel.tenant(number).hours.hours());
        }
    }

    private void ofOneMonth(int number, Period period) {
        if (period.hours() > 0
                && (month(period.startsAt()) != month(period.chargedUntil().minusSeconds(3_600))
                        || month(period.startsAt()) == month(period.monthEndsAt()))) {
            throw wrong("service " + number + ": hours of two months in " + period);
        }
    }

    private int month(Instant instant) {
        return instant.isBefore(scale.to()) ? months.of(ReferenceModel.micros(instant)) : Integer.MAX_VALUE;
    }

    /** Verifies that wallets, revenue and cash sum to zero, and that revenue is what all services owe. */
    private void books() {
        var all = reseller.revenue.plus(reseller.cash);
        for (var wallet : reseller.wallets.values()) {
            all = all.plus(wallet.balance);
        }
        if (!all.isZero()) {
            throw wrong("the books are off by " + all);
        }
        var owed = referenceModel.services.values().stream()
                .mapToLong(tenant -> tenant.hours.total())
                .sum();
        if (ReferenceModel.units(reseller.revenue) != owed) {
            throw wrong("revenue " + reseller.revenue + ", owed " + owed + "e-8");
        }
    }

    private Deviation wrong(String what) {
        return wrong(what, null);
    }

    Deviation wrong(String what, @Nullable Throwable cause) {
        return new Deviation(lived, what, cause);
    }

    private Outcome outcome(List<BillingAction> acts) {
        var events = new TreeMap<String, Integer>();
        reseller.wallets
                .values()
                .forEach(wallet -> wallet.events.forEach(event -> events.merge(event.kind(), 1, Integer::sum)));
        return new Outcome(
                reseller.services.size(),
                (int) acts.stream()
                        .filter(BillingAction.Change.class::isInstance)
                        .count(),
                reseller.charges,
                referenceModel.services.values().stream()
                        .mapToLong(tenant -> tenant.hours.hours())
                        .sum(),
                reseller.revenue,
                new HashMap<>(events));
    }
}
