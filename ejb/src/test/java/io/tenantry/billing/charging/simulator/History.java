package io.tenantry.billing.charging.simulator;

import io.tenantry.kernel.time.BillingMonth;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The events of a reseller, generated from a seed, in chronological order. They do not depend on any result, so that each prefix is a history
 * too.
 */
record History(long seed, ZoneId zone, List<BillingAction> acts) {

    static History of(long seed, ZoneId zone, Scale scale) {
        return new History(seed, zone, new Author(new Random(seed), zone, scale).write());
    }

    /** Generates a history. */
    private static final class Author {
        private static final String[] PRICES = {"7.30", "13.25", "0.01", "4", "99.99", "0", "1234.56789012", "29.90"};

        private final Random random;
        private final ZoneId zone;
        private final Scale scale;
        private final List<BillingAction> acts = new ArrayList<>();
        private final List<Stay> stays = new ArrayList<>();
        private int services;

        /** A service at an approximate price, to estimate what a wallet will need. */
        private record Stay(int wallet, Instant from, Instant to, double monthly) {}

        Author(Random random, ZoneId zone, Scale scale) {
            this.random = random;
            this.zone = zone;
            this.scale = scale;
        }

        List<BillingAction> write() {
            for (var plan = 0; plan < scale.plans(); plan++) {
                publish(plan);
            }
            for (var slot = 0; slot < scale.services(); slot++) {
                occupy();
            }
            for (var wallet = 0; wallet < scale.wallets(); wallet++) {
                fill(wallet);
                limit(wallet);
                park(wallet);
            }
            run();
            acts.removeIf(billingAction -> !billingAction.at().isBefore(scale.to()));
            acts.sort(Comparator.comparing(BillingAction::at));
            return List.copyOf(acts);
        }

        private void publish(int plan) {
            var price = new BigDecimal(PRICES[plan % PRICES.length]);
            acts.add(new BillingAction.Publish(scale.from(), plan, price));
            for (var at = later(scale.from(), 200); at.isBefore(scale.to()); at = later(at, 300)) {
                var factor = BigDecimal.valueOf(600 + random.nextInt(900), 3);
                price = random.nextInt(12) == 0
                        ? BigDecimal.valueOf(random.nextInt(3_000), 2)
                        : price.multiply(factor).setScale(random.nextBoolean() ? 2 : 8, RoundingMode.HALF_UP);
                price = price.min(BigDecimal.valueOf(2_000));
                acts.add(new BillingAction.Publish(at, plan, price));
            }
        }

        /** Fills one slot that is always rented, with breaks. */
        private void occupy() {
            var at = later(scale.from(), 30);
            while (at.isBefore(scale.to())) {
                at = live(at);
                if (random.nextInt(3) > 0) {
                    at = later(at, 20);
                }
            }
        }

        /** Generates a service from its order to its end. */
        private Instant live(Instant from) {
            var service = services++;
            var wallet = random.nextInt(scale.wallets());
            var plan = random.nextInt(scale.plans());
            acts.add(new BillingAction.Order(from, service, wallet, plan));
            var end = end(from);
            stays.add(new Stay(wallet, from, end, Double.parseDouble(PRICES[plan % PRICES.length])));
            for (var at : changes(from, end)) {
                acts.add(new BillingAction.Change(at, service, random.nextInt(scale.plans())));
            }
            if (end.isBefore(scale.to())) {
                acts.add(new BillingAction.End(end, service));
            }
            return end;
        }

        private Instant end(Instant from) {
            return switch (random.nextInt(20)) {
                case 0 -> from;
                case 1, 2 -> from.plusSeconds(random.nextInt(7_200));
                case 3 -> from.plus(Duration.ofHours(1 + random.nextInt(1_000)));
                case 4, 5, 6 -> later(from, 10);
                default -> later(from, (int) scale.longestLife().toDays());
            };
        }

        /**
         * Returns the instants at which a service changes its plan: occasionally, at its own hour boundaries, and back and forth within an
         * hour.
         */
        private List<Instant> changes(Instant from, Instant end) {
            var all = new ArrayList<Instant>();
            if (random.nextInt(8) == 0) {
                all.add(from);
            }
            for (var at = later(from, 120); at.isBefore(end); at = later(at, 120)) {
                var times = random.nextInt(4) == 0 ? 1 + random.nextInt(5) : 1;
                var one = random.nextInt(5) == 0 ? wholeHour(from, at) : at;
                for (var time = 0; time < times && !one.isAfter(end); time++) {
                    all.add(one);
                    one = random.nextInt(3) == 0 ? one : one.plusSeconds(random.nextInt(1_500));
                }
            }
            if (random.nextInt(8) == 0) {
                all.add(end);
            }
            all.removeIf(at -> at.isBefore(from) || at.isAfter(end) || !at.isBefore(scale.to()));
            all.sort(Comparator.naturalOrder());
            return all;
        }

        /** Returns the start of the service's current hour. */
        private static Instant wholeHour(Instant from, Instant at) {
            return from.plus(Duration.ofHours(Duration.between(from, at).toHours()));
        }

        private void fill(int wallet) {
            for (var at = later(scale.from(), 15); at.isBefore(scale.to()); at = later(at, 50)) {
                var need = 1.0;
                for (var stay : stays) {
                    if (stay.wallet() == wallet
                            && !stay.from().isAfter(at)
                            && stay.to().isAfter(at)) {
                        need += stay.monthly();
                    }
                }
                var amount = BigDecimal.valueOf(need * (0.1 + 1.9 * random.nextDouble()))
                        .setScale(2, RoundingMode.HALF_UP);
                acts.add(new BillingAction.Move(at, wallet, amount));
                if (random.nextInt(10) == 0) {
                    acts.add(new BillingAction.Move(later(at, 20), wallet, amount.negate()));
                }
            }
        }

        private void limit(int wallet) {
            for (var at = later(scale.from(), 400); at.isBefore(scale.to()); at = later(at, 600)) {
                acts.add(new BillingAction.Limit(at, wallet, BigDecimal.valueOf(random.nextInt(20_000), 2)));
            }
        }

        private void park(int wallet) {
            for (var at = later(scale.from(), 500); at.isBefore(scale.to()); at = later(at, 900)) {
                acts.add(new BillingAction.Park(at, wallet, true));
                at = later(at, 70);
                if (at.isBefore(scale.to())) {
                    acts.add(new BillingAction.Park(at, wallet, false));
                }
            }
        }

        /** Generates runs in stretches: every hour, every few hours, every few days, and none at all, followed by catching up. */
        private void run() {
            var at = scale.from().plus(Duration.ofHours(1));
            while (at.isBefore(scale.to())) {
                if (random.nextInt(100) < scale.hourlyPercent()) {
                    at = stretch(at, 24 + random.nextInt(120), 1);
                } else {
                    at = switch (random.nextInt(3)) {
                        case 0 -> stretch(at, 12, 2 + random.nextInt(20));
                        case 1 -> stretch(at, 6, 24 + random.nextInt(100));
                        default -> outage(at);
                    };
                }
            }
        }

        private Instant stretch(Instant from, int runs, int hoursApart) {
            var at = from;
            for (var run = 0; run < runs && at.isBefore(scale.to()); run++) {
                runFor(at, random.nextInt(4) == 0 ? Duration.ofSeconds(random.nextInt(3_000)) : Duration.ZERO);
                at = at.plus(Duration.ofHours(hoursApart));
            }
            return at;
        }

        /** Generates an outage of days or weeks, followed by hourly runs or a single one. */
        private Instant outage(Instant from) {
            var up = from.plus(Duration.ofHours(24L + random.nextInt(24 * 60)));
            if (random.nextInt(4) == 0 && up.isBefore(from.plus(Duration.ofDays(4)))) {
                for (var at = from; at.isBefore(up); at = at.plus(Duration.ofHours(1))) {
                    acts.add(new BillingAction.Run(up, at));
                }
            }
            runFor(up, Duration.ofSeconds(random.nextInt(900)));
            return up.plus(Duration.ofHours(1));
        }

        private void runFor(Instant until, Duration late) {
            var at = until.plus(late);
            acts.add(new BillingAction.Run(at, random.nextInt(20) == 0 ? at : until));
            if (random.nextInt(10) == 0) {
                acts.add(new BillingAction.Run(at, until));
            }
            if (random.nextInt(20) == 0) {
                acts.add(new BillingAction.Run(at, until.minus(Duration.ofHours(random.nextInt(50)))));
            }
        }

        /** Returns an instant within that many days, often an edge case. */
        private Instant later(Instant from, int days) {
            var at = from.plus(random.nextLong(1_000_000L, days * 86_400_000_000L), ChronoUnit.MICROS);
            var odd = switch (random.nextInt(12)) {
                case 0, 1, 2 -> at.truncatedTo(ChronoUnit.HOURS);
                case 3 -> nearby(BillingMonth.of(at, zone).to());
                case 4 -> {
                    var next = zone.getRules().nextTransition(at);
                    yield next == null ? at : nearby(next.getInstant());
                }
                case 5 -> at;
                default -> at.truncatedTo(ChronoUnit.SECONDS);
            };
            return odd.isAfter(from) && odd.isBefore(at.plus(Duration.ofDays(days + 31L))) ? odd : at;
        }

        private Instant nearby(Instant edge) {
            return switch (random.nextInt(5)) {
                case 0 -> edge;
                case 1 -> edge.minus(1, ChronoUnit.MICROS);
                case 2 -> edge.plus(1, ChronoUnit.MICROS);
                default -> edge.plusSeconds(random.nextInt(14_400) - 7_200L);
            };
        }
    }
}
