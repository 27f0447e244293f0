package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.charging.ChargeBreakdown.Part;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of two wallets: servers and volumes that are ordered, change their price, are not charged for a while and end; runs on time,
 * late and for many days at once; wallets that are parked for a while; refunds. In every history, each entry and each day is the sum of its
 * parts.
 *
 * <p>{@code -Dtenantry.histories=12} sets the number, which covers each zone with each tax.
 */
@Tag("full")
class ChargeBreakdownHistoryTest {
    private static final Instant BEGIN = Instant.parse("2026-02-20T10:00:00Z");

    /** A month with more hours than its price covers is over by then. */
    private static final Instant END_LEAST = Instant.parse("2026-04-02T10:30:00Z");

    private static final String[] PRICES = {"7.30", "13.25", "0.02", "99.99", "0", "1234.56789012"};
    private static final int HISTORIES_SHORT = 2;
    private static final int HISTORIES = Integer.getInteger("tenantry.histories", HISTORIES_SHORT);
    private static final int STEPS = HISTORIES > HISTORIES_SHORT ? 60 : 40;
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kathmandu");
    private static final List<String> TAXES = List.of("none", "upon", "within");

    private final List<UUID> prices = new ArrayList<>();
    private final List<UUID> disks = new ArrayList<>();
    private final List<UUID> wallets = new ArrayList<>();
    private final List<Rented> servers = new ArrayList<>();
    private final List<Rented> volumes = new ArrayList<>();
    private final Set<Rented> paused = new HashSet<>();

    /** The zones and taxes cycle with different periods. */
    static Stream<Arguments> histories() {
        return IntStream.range(0, HISTORIES)
                .mapToObj(at -> Arguments.of(at + 1L, ZONES.get(at % ZONES.size()), TAXES.get(at % TAXES.size())));
    }

    @ParameterizedTest(name = "seed {0} in {1}, tax {2}")
    @MethodSource("histories")
    void partsAddUpToEachEntryAndEachDay(long seed, String zoneName, String tax) {
        var zone = ZoneId.of(zoneName);
        var chargeBreakdownFixture = new ChargeBreakdownFixture("slips-" + seed, "USD", zoneName, BEGIN);
        if (!tax.equals("none")) {
            collect(chargeBreakdownFixture.billingFixture, tax.equals("within"));
        }
        live(chargeBreakdownFixture, new Random(seed));

        assertThat(chargeBreakdownFixture.billingFixture.faults()).isEmpty();
        var all = new ArrayList<Part>();
        for (var wallet : wallets) {
            var charges = chargeBreakdownFixture.charges(wallet);
            assertThat(charges).as("charges").hasSizeGreaterThan(STEPS);
            for (var charge : charges) {
                var parts = chargeBreakdownFixture.of(ChargeBreakdownFixture.entry(wallet, charge.entryId()));
                assertThat(chargeBreakdownFixture.sum(parts))
                        .as("seed %d, entry %d of %s at %s", seed, charge.entryId(), charge.source(), charge.at())
                        .isEqualTo(charge.amount().negated());
                all.addAll(parts);
            }
            daysAreSums(chargeBreakdownFixture, wallet, zone);
        }
        assertThat(all)
                .anyMatch(Part::isCut)
                .anyMatch(part -> part.increase().isPositive())
                .anyMatch(part -> part.kind().equals("VOLUME"));
    }

    /** The reseller collects German tax, added to its prices or included in them. */
    private static void collect(BillingFixture billingFixture, boolean isIncluded) {
        billingFixture.in(() -> billingFixture.ledger.account(
                AccountKind.TAX, billingFixture.money("0").currency()));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, recorded_at, recorded_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
        billingFixture.in(() -> billingFixture.sql.update("""
                insert into tax_pricing (included, from_at, recorded_at, recorded_by) values (?, '2026-01-01', now(), 'test')
                """, isIncluded));
    }

    private static void daysAreSums(ChargeBreakdownFixture chargeBreakdownFixture, UUID wallet, ZoneId zone) {
        var last = LocalDate.ofInstant(chargeBreakdownFixture.billingFixture.clock.instant(), zone);
        var daily = chargeBreakdownFixture.daily(wallet).amounts();
        for (var day = LocalDate.ofInstant(BEGIN, zone); !day.isAfter(last); day = day.plusDays(1)) {
            var whole = chargeBreakdownFixture.inspect(ChargeBreakdownFixture.day(wallet, day));
            assertThat(chargeBreakdownFixture.sum(chargeBreakdownFixture.of(ChargeBreakdownFixture.day(wallet, day))))
                    .as("%s", day)
                    .isEqualTo(whole.amount());
            if (daily.containsKey(day)) {
                assertThat(whole.total()).as("%s", day).isEqualTo(daily.get(day));
            }
        }
        assertThat(daily).isNotEmpty();
    }

    private void live(ChargeBreakdownFixture chargeBreakdownFixture, Random random) {
        for (var price : PRICES) {
            prices.add(chargeBreakdownFixture.billingFixture.price(price));
        }
        for (var size = 1; size <= 3; size++) {
            disks.add(chargeBreakdownFixture.price("VOLUME", "0.37", size * 10));
        }
        wallets.add(chargeBreakdownFixture.wallet("100000"));
        wallets.add(chargeBreakdownFixture.wallet("100000"));
        for (var wallet : wallets) {
            for (var number = 0; number < 3; number++) {
                servers.add(chargeBreakdownFixture.billingFixture.rent(
                        wallet, prices.get(2 * number % PRICES.length), BEGIN.plusSeconds(300L * number)));
            }
            volumes.add(chargeBreakdownFixture.volume(
                    servers.get(servers.size() - 1), disks.get(0), 10, BEGIN.plusSeconds(900)));
            chargeBreakdownFixture.billingFixture.rent(
                    wallet, prices.get(1), BEGIN.plusSeconds(1_000)); // This one never changes.
        }
        var at = BEGIN.plusSeconds(1_200);
        for (var step = 0; step < STEPS; step++) {
            at = step(chargeBreakdownFixture, random, at);
        }
        at = at.isBefore(END_LEAST) ? END_LEAST : at;
        for (var wallet : wallets) {
            chargeBreakdownFixture.park(wallet, false);
        }
        chargeBreakdownFixture.billingFixture.charge(at);
        chargeBreakdownFixture.billingFixture.charge(
                at.truncatedTo(ChronoUnit.HOURS).plus(3, ChronoUnit.HOURS));
        chargeBreakdownFixture.billingFixture.clock.stopAt(at.plus(Duration.ofHours(4)));
    }

    /** Performs an event, then lets some time pass. */
    private Instant step(ChargeBreakdownFixture chargeBreakdownFixture, Random random, Instant at) {
        chargeBreakdownFixture.billingFixture.clock.stopAt(at);
        var wallet = wallets.get(random.nextInt(wallets.size()));
        switch (random.nextInt(10)) {
            case 0, 1 ->
                change(chargeBreakdownFixture, servers.get(random.nextInt(servers.size())), prices, random, at);
            case 2 -> change(chargeBreakdownFixture, volumes.get(random.nextInt(volumes.size())), disks, random, at);
            case 3 ->
                servers.add(chargeBreakdownFixture.billingFixture.rent(
                        wallet, prices.get(random.nextInt(prices.size())), at));
            case 4 -> {
                if (servers.size() > 4) {
                    chargeBreakdownFixture.billingFixture.end(servers.remove(3), at);
                }
            }
            case 5 -> chargeBreakdownFixture.giveBack(wallet, "0.01");
            case 6 -> chargeBreakdownFixture.park(wallet, random.nextBoolean());
            case 7 -> chargeBreakdownFixture.billingFixture.charge(at);
            case 8 -> switchOver(chargeBreakdownFixture, servers.get(random.nextInt(servers.size())), at);
            default -> chargeBreakdownFixture.billingFixture.charge(at.truncatedTo(ChronoUnit.HOURS));
        }
        var next = at.plusSeconds(random.nextInt(random.nextInt(15) == 0 ? 86_400 * 20 : 3_600 * 6) + 1L)
                .truncatedTo(random.nextInt(4) == 0 ? ChronoUnit.HOURS : ChronoUnit.SECONDS);
        if (next.isBefore(at)) {
            return at.plusSeconds(1);
        }
        if (random.nextInt(3) > 0) {
            runs(chargeBreakdownFixture, at, next);
        }
        return next;
    }

    /** Switches a service off and uncharged, or on again. */
    private void switchOver(ChargeBreakdownFixture chargeBreakdownFixture, Rented server, Instant at) {
        if (paused.remove(server)) {
            chargeBreakdownFixture.billingFixture.resume(server, at);
        } else {
            paused.add(server);
            chargeBreakdownFixture.billingFixture.pause(server, at);
        }
    }

    /** Runs hour by hour, as the timer does. */
    private static void runs(ChargeBreakdownFixture chargeBreakdownFixture, Instant from, Instant to) {
        for (var hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
                !hour.isAfter(to) && Duration.between(from, hour).toHours() < 12;
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            chargeBreakdownFixture.billingFixture.charge(hour);
        }
    }

    private static void change(
            ChargeBreakdownFixture chargeBreakdownFixture, Rented rented, List<UUID> to, Random random, Instant at) {
        chargeBreakdownFixture.billingFixture.change(rented, to.get(random.nextInt(to.size())), at);
    }
}
