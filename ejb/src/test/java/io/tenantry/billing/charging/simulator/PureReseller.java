package io.tenantry.billing.charging.simulator;

import io.tenantry.billing.charging.Rating.Period;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.BillingMonth;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The product's ledger without a database: the periods are those of {@code Rating}, the rest is what the SQL does around them. */
final class PureReseller {
    static final Currency USD = Currency.getInstance("USD");
    private static final Money ZERO = Money.zero(USD);
    private static final int LOW_HOURS = 72;

    /** A wallet is parked for months at most, and each round charges one. */
    private static final int ROUNDS_MAX = 200;

    private final ZoneId zone;
    private final Map<Integer, Money> prices = new HashMap<>();
    final Map<Integer, Rented> services = new TreeMap<>();
    final Map<Integer, Wallet> wallets = new TreeMap<>();
    Money revenue = ZERO;
    Money cash = ZERO;
    long charges;

    PureReseller(ZoneId zone) {
        this.zone = zone;
    }

    /** A service with its rated periods; the last is open while it runs. */
    static final class Rented {
        final Instant activatedAt;
        final Wallet wallet;
        final List<Period> periods = new ArrayList<>();
        Money monthly;
        Money charged = ZERO;

        private Rented(Instant activatedAt, Wallet wallet, Money monthly) {
            this.activatedAt = activatedAt;
            this.wallet = wallet;
            this.monthly = monthly;
        }

        Period open() {
            return periods.get(periods.size() - 1);
        }

        private Money become(Period period) {
            var more = period.amount().minus(open().amount());
            periods.set(periods.size() - 1, period);
            charged = charged.plus(more);
            return more;
        }

        private boolean isDue(Instant until) {
            return open().chargedUntil().isBefore(until);
        }
    }

    /** A threshold crossed, as the database keeps it. */
    record Event(String kind, Money balance, Money burnPerHour, Instant at) {}

    /** A wallet with the threshold events it received. */
    static final class Wallet {
        final int number;
        final List<Rented> running = new ArrayList<>();
        final List<Event> events = new ArrayList<>();
        Money balance = ZERO;
        Money limit = ZERO;
        Money burn = ZERO;
        long postings;
        int alert;
        boolean parked;

        private Wallet(int number) {
            this.number = number;
        }

        private void add(Money amount) {
            if (!amount.isZero()) {
                balance = balance.plus(amount);
                postings++;
            }
        }

        private void inspect(Instant at) {
            var level = level();
            tell(level, at);
            if (level == 0 && alert > 0) {
                events.add(new Event("RECOVERED", balance, burn, at));
            }
            alert = level;
        }

        private void tell(int level, Instant at) {
            for (var passed = alert + 1; passed <= level; passed++) {
                events.add(new Event(List.of("LOW", "EMPTY", "OVER_LIMIT").get(passed - 1), balance, burn, at));
            }
        }

        private int level() {
            if (balance.compareTo(limit.negated()) < 0) {
                return 3;
            }
            if (balance.isNegative() || (balance.isZero() && burn.isPositive())) {
                return 2;
            }
            return balance.compareTo(burn.times(LOW_HOURS)) < 0 ? 1 : 0;
        }
    }

    void live(BillingAction billingAction) {
        if (billingAction instanceof BillingAction.Publish publish) {
            prices.put(publish.plan(), new Money(publish.monthly(), USD));
        } else if (billingAction instanceof BillingAction.Order order) {
            order(order);
        } else if (billingAction instanceof BillingAction.Change change) {
            change(change);
        } else if (billingAction instanceof BillingAction.End end) {
            end(end);
        } else if (billingAction instanceof BillingAction.Move move) {
            var wallet = wallet(move.wallet());
            wallet.add(new Money(move.amount(), USD));
            cash = cash.minus(new Money(move.amount(), USD));
            wallet.inspect(move.at());
        } else if (billingAction instanceof BillingAction.Limit limit) {
            wallet(limit.wallet()).limit = new Money(limit.amount(), USD);
            wallet(limit.wallet()).inspect(limit.at());
        } else if (billingAction instanceof BillingAction.Park park) {
            wallet(park.wallet()).parked = park.parked();
        } else if (billingAction instanceof BillingAction.Run run) {
            for (var wallet : wallets.values()) {
                if (!wallet.parked) {
                    charge(wallet, wallet.running, run.until(), run.at(), true);
                }
            }
        }
    }

    private void order(BillingAction.Order order) {
        var wallet = wallet(order.wallet());
        var rented = new Rented(order.at(), wallet, price(order.plan()));
        services.put(order.service(), rented);
        rented.periods.add(opening(order.at(), rented.monthly));
        wallet.running.add(rented);
        wallet.burn = wallet.burn.plus(HourlyRate.ofMonthly(rented.monthly).perHour());
        charge(wallet, List.of(rented), order.at().plus(1, ChronoUnit.MICROS), order.at(), false);
        wallet.inspect(order.at());
    }

    private void change(BillingAction.Change change) {
        var rented = rented(change.service());
        var wallet = rented.wallet;
        charge(wallet, List.of(rented), change.at(), change.at(), false);
        wallet.burn = wallet.burn.minus(HourlyRate.ofMonthly(rented.monthly).perHour());
        rented.monthly = price(change.plan());
        wallet.burn = wallet.burn.plus(HourlyRate.ofMonthly(rented.monthly).perHour());
        var next = rented.open().changedTo(change.at(), rented.monthly);
        rented.periods.add(next);
        rented.charged = rented.charged.plus(next.amount());
        take(wallet, next.amount());
        wallet.inspect(change.at());
    }

    private void end(BillingAction.End end) {
        var rented = rented(end.service());
        charge(rented.wallet, List.of(rented), end.at(), end.at(), false);
        rented.wallet.running.remove(rented);
        rented.wallet.burn =
                rented.wallet.burn.minus(HourlyRate.ofMonthly(rented.monthly).perHour());
        rented.wallet.inspect(end.at());
    }

    /** Charges what is due, month by month. */
    private void charge(Wallet wallet, List<Rented> some, Instant until, Instant at, boolean watch) {
        var rounds = 0;
        while (true) {
            var sum = ZERO;
            var due = false;
            for (var rented : some) {
                if (rented.isDue(until)) {
                    due = true;
                    sum = sum.plus(rented.become(rented.open().chargedTo(until)));
                    charges++;
                }
            }
            if (!due) {
                return;
            }
            take(wallet, sum);
            if (++rounds > ROUNDS_MAX) {
                throw new IllegalStateException("charging until " + until + " does not come to an end");
            }
            if (watch) {
                wallet.inspect(at);
            }
            for (var rented : some) {
                var open = rented.open();
                if (rented.isDue(until) && !open.chargedUntil().isBefore(open.monthEndsAt())) {
                    rented.periods.add(opening(open.chargedUntil(), rented.monthly));
                }
            }
        }
    }

    private void take(Wallet wallet, Money amount) {
        wallet.add(amount.negated());
        revenue = revenue.plus(amount);
    }

    private Period opening(Instant at, Money monthly) {
        return Period.opening(at, BillingMonth.of(at, zone).to(), monthly);
    }

    private Money price(int plan) {
        return prices.getOrDefault(plan, new Money(BigDecimal.ZERO, USD));
    }

    Wallet wallet(int number) {
        return wallets.computeIfAbsent(number, Wallet::new);
    }

    Rented rented(int service) {
        var rented = services.get(service);
        if (rented == null) {
            throw new IllegalArgumentException("no service " + service);
        }
        return rented;
    }
}
