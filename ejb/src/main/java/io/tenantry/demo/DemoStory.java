package io.tenantry.demo;

import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.CustomerScenario;
import io.tenantry.demo.DemoBrand.Person;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The story of the demo's two months, drawn by a seeded generator: the same seed and end give the same story.
 *
 * @param from when the brands open
 * @param to when the story ends: the present
 * @param steps the events, in chronological order
 */
record DemoStory(Instant from, Instant to, List<DemoEvent> steps) {
    static final int DAYS = 61;

    /** Hours at which people act; few, since charging catches up before each. */
    private static final int[] HOURS = {8, 10, 13, 15, 18};

    private static final int MORNING = 8;
    /** From this day on, customers whose wallets are to run low do nothing that changes their pace. */
    private static final int QUIET_DAY = 49;

    private static final int LAST_LOOK_DAY = 46;
    private static final int LAST_TRANSFER_DAY = 52;
    private static final int LAST_ORDER_DAY = 59;
    private static final int TROUBLE_DAY = 33;
    private static final Duration TROUBLE = Duration.ofMinutes(94);
    /** By this day the documents of the first month exist, on whichever day the story starts. */
    private static final int CREDITING_DAY = 44;

    private static final int SECOND_PLACE_DAY = 57;
    private static final int SECOND_PLACE = 9;
    private static final int[] TRANSFERS = {
        10, 20, 25, 50, 75, 100, 150, 200, 250, 300, 400, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000
    };
    private static final List<String> USES = List.of(
            "web", "db", "app", "shop", "mail", "git", "ci", "cache", "vpn", "monitor", "files", "staging", "api",
            "backup", "worker");
    private static final List<String> ROLES =
            List.of("admin", "member", "vps_manager", "support_agent", "hosting_manager", "viewer");

    /** Draws the story that ends at the given instant. */
    static DemoStory draw(long seed, Instant to) {
        var from = to.truncatedTo(ChronoUnit.HOURS).minus(DAYS, ChronoUnit.DAYS);
        var steps = new ArrayList<DemoEvent>();
        for (var brand : DemoBrand.ALL) {
            new BrandStory(new Random(seed + DemoBrand.ALL.indexOf(brand)), brand, from, to, steps).all();
        }
        steps.sort(Comparator.comparing(DemoEvent::at));
        return new DemoStory(from, to, List.copyOf(steps));
    }

    /** Returns the smallest amount that people would transfer and that is enough. */
    static long transfer(BigDecimal enough) {
        for (var amount : TRANSFERS) {
            if (enough.compareTo(BigDecimal.valueOf(amount)) <= 0) {
                return amount;
            }
        }
        return TRANSFERS[TRANSFERS.length - 1];
    }

    /** The part of one brand, while it is being drawn. */
    private record BrandStory(Random random, DemoBrand brand, Instant from, Instant to, List<DemoEvent> steps) {
        void all() {
            var opening = from.plusSeconds(600L + DemoBrand.ALL.indexOf(brand) * 1_200L);
            steps.add(new DemoEvent.BrandOpened(opening, brand));
            var priceDay = 25 + random.nextInt(4);
            var validFrom = from.atZone(brand.zone())
                    .toLocalDate()
                    .plusDays(priceDay + 3)
                    .atStartOfDay(brand.zone())
                    .toInstant();
            steps.add(new DemoEvent.PricesChanged(at(priceDay, 10), brand, validFrom));
            var customers = brand.customers();
            for (var i = 0; i < customers.size(); i++) {
                customer(customers.get(i), i < 5 ? 1 + i / 2 : 2 + i * 2 + random.nextInt(4));
            }
            var colleagues = brand.colleagues();
            for (var i = 0; i < colleagues.size(); i++) {
                join(customers.get(i % 10), colleagues.get(i), ROLES.get(i % ROLES.size()));
            }
            gifts(customers);
            var trouble = at(TROUBLE_DAY, 10);
            steps.add(new DemoEvent.IncidentReported(trouble, brand));
            steps.add(new DemoEvent.IncidentResolved(trouble.plus(TROUBLE), brand));
            steps.add(new DemoEvent.CreditNoteIssued(at(CREDITING_DAY, 13), brand, customers.get(0)));
            // The first owner also does the accounting of another customer, and so has two organizations to choose
            // from.
            var owner = customers.get(0).owner();
            steps.add(new DemoEvent.MemberJoined(
                    at(SECOND_PLACE_DAY, 10),
                    brand,
                    customers.get(SECOND_PLACE),
                    new Person(owner.name(), owner.email(), "member")));
        }

        private void customer(Customer customer, int day) {
            var isHealthy = customer.customerScenario() == CustomerScenario.HEALTHY;
            var arrival = at(day, anyHour());
            var atOnce = (customer.services() + 1) / 2;
            var names = new HashMap<String, Integer>();
            var monthly = brand.whole(0);
            for (var i = 0; i < customer.services(); i++) {
                var plan = random.nextInt(10) < 7 ? random.nextInt(4) : random.nextInt(8);
                var server = server(names);
                if (i < atOnce) {
                    monthly = monthly.plus(brand.plans().get(plan).price());
                    life(customer, server, plan, day, arrival.plusSeconds(240L * (i + 1) + random.nextInt(180)));
                } else {
                    var latest = isHealthy ? LAST_ORDER_DAY : QUIET_DAY - 3;
                    var orderDay = day + 1 + random.nextInt(latest - day);
                    life(customer, server, plan, orderDay, at(orderDay, anyHour()));
                }
            }
            var first = monthly.amount()
                    .multiply(new BigDecimal(isHealthy ? "1.2" : "0.2"))
                    .max(BigDecimal.TEN);
            steps.add(new DemoEvent.CustomerAdded(
                    arrival, brand, customer, brand.whole(transfer(first)), creditLimit(customer.customerScenario())));
            wallet(customer, day);
        }

        private void life(Customer customer, DemoEvent.Server server, int plan, int day, Instant orderedAt) {
            steps.add(new DemoEvent.ServerOrdered(
                    orderedAt, brand, customer, server, brand.plans().get(plan).code()));
            var last = customer.customerScenario() == CustomerScenario.HEALTHY ? DAYS - 1 : QUIET_DAY;
            var lot = random.nextInt(100);
            var endDay = last + 1;
            if (lot < 8) {
                end(customer, server, orderedAt.plusSeconds(1_500 + random.nextInt(30 * 3_600)));
                return;
            }
            if (lot < 28 && day + 3 < last) {
                endDay = day + 3 + random.nextInt(last - day - 2);
                end(customer, server, at(endDay, anyHour()));
            }
            if (random.nextInt(100) < 22 && day + 2 < endDay - 1) {
                var resizeDay = day + 2 + random.nextInt(endDay - day - 3);
                var other = plan < 4 ? (plan + 1) % 4 : 4 + (plan - 3) % 4;
                resize(customer, server, brand.plans().get(other).code(), at(resizeDay, anyHour()));
            }
        }

        private void end(Customer customer, DemoEvent.Server server, Instant at) {
            if (at.isBefore(to)) {
                steps.add(new DemoEvent.ServerTerminated(at, brand, customer, server));
            }
        }

        private void resize(Customer customer, DemoEvent.Server server, String plan, Instant at) {
            if (at.isBefore(to)) {
                steps.add(new DemoEvent.ServerResized(at, brand, customer, server, plan));
            }
        }

        private void wallet(Customer customer, int day) {
            var isHealthy = customer.customerScenario() == CustomerScenario.HEALTHY;
            var lastVisit = isHealthy ? DAYS - 1 : LAST_LOOK_DAY;
            var atLeast = Duration.ofDays(isHealthy ? 8 : 3);
            var upTo = Duration.ofDays(isHealthy ? 25 + random.nextInt(15) : 5);
            for (var visitDay = day + 1; visitDay <= lastVisit; visitDay += 2) {
                var at = at(visitDay, MORNING);
                if (at.isBefore(to)) {
                    steps.add(new DemoEvent.Impersonation(at, brand, customer, atLeast, upTo));
                }
            }
            if (!isHealthy) {
                var beyond = hoursLeft(customer.customerScenario());
                steps.add(new DemoEvent.FinalTopUp(
                        at(LAST_TRANSFER_DAY, MORNING), brand, customer, to.plus(beyond, ChronoUnit.HOURS)));
            }
        }

        /** Returns the hours left at the end of the story; below zero when the wallet has run out already. */
        private long hoursLeft(CustomerScenario customerScenario) {
            return switch (customerScenario) {
                case HEALTHY -> throw new IllegalArgumentException("a healthy wallet does not run out");
                case LOW -> 30L + random.nextInt(36);
                case EMPTY -> -20;
                case OVER_LIMIT -> -90;
            };
        }

        private Money creditLimit(CustomerScenario customerScenario) {
            return switch (customerScenario) {
                case HEALTHY, LOW -> brand.whole(0);
                case EMPTY -> brand.whole(50);
                case OVER_LIMIT -> brand.whole(10);
            };
        }

        private void join(Customer customer, String name, String role) {
            var person = Person.of(name, role, customer.domain());
            steps.add(new DemoEvent.MemberJoined(at(30 + random.nextInt(25), 10), brand, customer, person));
        }

        private void gifts(List<Customer> customers) {
            for (var i = 0; i < 5; i++) {
                var customer = healthy(customers, i);
                steps.add(new DemoEvent.GoodwillCredit(
                        at(34 + i, 15), brand, customer, brand.whole(5), PriceChange.GOODWILL));
            }
            steps.add(new DemoEvent.GoodwillCredit(
                    at(29, 13), brand, healthy(customers, 0), brand.whole(10), PriceChange.WELCOME));
            steps.add(new DemoEvent.GoodwillCredit(
                    at(41, 13), brand, healthy(customers, 1), brand.whole(25).negated(), PriceChange.CORRECTION));
        }

        private static Customer healthy(List<Customer> customers, int index) {
            return customers.stream()
                    .filter(customer -> customer.customerScenario() == CustomerScenario.HEALTHY)
                    .toList()
                    .get(index);
        }

        private DemoEvent.Server server(Map<String, Integer> names) {
            var use = USES.get(random.nextInt(USES.size()));
            var region = brand.regions()
                    .get(random.nextInt(10) < 6 ? 0 : random.nextInt(3))
                    .code();
            return new DemoEvent.Server(use + "-" + names.merge(use, 1, Integer::sum), region);
        }

        private int anyHour() {
            return HOURS[random.nextInt(HOURS.length)];
        }

        /** Returns a random minute of the hour, in the brand's time zone. */
        private Instant at(int day, int hour) {
            return from.atZone(brand.zone())
                    .toLocalDate()
                    .plusDays(day)
                    .atTime(hour, random.nextInt(20), random.nextInt(60))
                    .atZone(brand.zone())
                    .toInstant();
        }
    }
}
