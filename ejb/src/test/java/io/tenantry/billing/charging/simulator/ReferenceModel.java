package io.tenantry.billing.charging.simulator;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lives through the same history and independently calculates what every service owes, every wallet holds and which events are due. */
final class ReferenceModel {
    private static final int LOW_HOURS = 72;

    private final Months months;
    private final Map<Integer, Long> prices = new HashMap<>();
    final Map<Integer, Tenant> services = new HashMap<>();
    final Map<Integer, Purse> purses = new HashMap<>();

    /** A service and who pays for it. */
    static final class Tenant {
        final HourByHour hours;
        final Purse purse;

        private Tenant(HourByHour hours, Purse purse) {
            this.hours = hours;
            this.purse = purse;
        }
    }

    /** A wallet. */
    static final class Purse {
        final List<Tenant> running = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        private long moved;
        private long charged;
        private long limit;
        private boolean parked;
        private int status;

        long balance() {
            return moved - charged;
        }

        /** Records each threshold beyond the last balance, and verifies that none is left. */
        private void inspect() {
            var burn = 0L;
            for (var tenant : running) {
                burn += tenant.hours.ratePerHour();
            }
            var now = status(burn);
            if (now == 0 && status > 0) {
                events.add("RECOVERED");
            }
            for (var level = status + 1; level <= now; level++) {
                events.add(List.of("LOW", "EMPTY", "OVER_LIMIT").get(level - 1));
            }
            status = now;
        }

        private int status(long burn) {
            if (balance() < -limit) {
                return 3;
            }
            if (balance() < 0 || (balance() == 0 && burn > 0)) {
                return 2;
            }
            return balance() < burn * LOW_HOURS ? 1 : 0;
        }
    }

    ReferenceModel(Months months) {
        this.months = months;
    }

    void live(BillingAction billingAction) {
        if (billingAction instanceof BillingAction.Publish publish) {
            prices.put(publish.plan(), units(publish.monthly()));
        } else if (billingAction instanceof BillingAction.Order order) {
            var purse = purse(order.wallet());
            var tenant = new Tenant(
                    new HourByHour(months, micros(order.at()), prices.getOrDefault(order.plan(), 0L)), purse);
            services.put(order.service(), tenant);
            purse.running.add(tenant);
            purse.charged += tenant.hours.total();
            purse.inspect();
        } else if (billingAction instanceof BillingAction.Change change) {
            var tenant = tenant(change.service());
            var before = tenant.hours.total();
            tenant.hours.change(micros(change.at()), prices.getOrDefault(change.plan(), 0L));
            tenant.purse.charged += tenant.hours.total() - before;
            tenant.purse.inspect();
        } else if (billingAction instanceof BillingAction.End end) {
            var tenant = tenant(end.service());
            charge(tenant, micros(end.at()));
            tenant.purse.running.remove(tenant);
            tenant.purse.inspect();
        } else if (billingAction instanceof BillingAction.Move move) {
            var purse = purse(move.wallet());
            purse.moved += units(move.amount());
            purse.inspect();
        } else if (billingAction instanceof BillingAction.Limit limit) {
            var purse = purse(limit.wallet());
            purse.limit = units(limit.amount());
            purse.inspect();
        } else if (billingAction instanceof BillingAction.Park park) {
            purse(park.wallet()).parked = park.parked();
        } else if (billingAction instanceof BillingAction.Run run) {
            var until = micros(run.until());
            for (var purse : purses.values()) {
                if (!purse.parked) {
                    purse.running.forEach(tenant -> charge(tenant, until));
                    purse.inspect();
                }
            }
        }
    }

    private static void charge(Tenant tenant, long until) {
        var before = tenant.hours.total();
        tenant.hours.until(until);
        tenant.purse.charged += tenant.hours.total() - before;
    }

    Purse purse(int number) {
        return purses.computeIfAbsent(number, any -> new Purse());
    }

    Tenant tenant(int service) {
        var tenant = services.get(service);
        if (tenant == null) {
            throw new IllegalArgumentException("no service " + service);
        }
        return tenant;
    }

    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** In 10^-8 of the currency. */
    static long units(BigDecimal amount) {
        return amount.setScale(8).unscaledValue().longValueExact();
    }

    static long units(Money money) {
        return money.amount().unscaledValue().longValueExact();
    }
}
