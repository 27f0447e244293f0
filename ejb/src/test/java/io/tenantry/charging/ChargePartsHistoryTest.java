package io.tenantry.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books.Rented;
import io.tenantry.charging.ChargeParts.Part;
import io.tenantry.ledger.Ledger.AccountKind;
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
 * Random histories of two wallets: servers and volumes that come, change their price, are not charged for a while and go, runs on time, late and for many days at
 * once, wallets that are parked for a while, money given back. Whatever happened, each entry and each day is the sum of its parts.
 *
 * <p>{@code -Dtenantry.histories=12} for as many, which is each zone with each tax.
 */
@Tag("full")
class ChargePartsHistoryTest {
    private static final Instant BEGIN = Instant.parse("2026-02-20T10:00:00Z");

    /** A month that costs more hours than its price is for is over then. */
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

    /** The zones and taxes go round at different paces. */
    static Stream<Arguments> histories() {
        return IntStream.range(0, HISTORIES)
                .mapToObj(at -> Arguments.of(at + 1L, ZONES.get(at % ZONES.size()), TAXES.get(at % TAXES.size())));
    }

    @ParameterizedTest(name = "seed {0} in {1}, tax {2}")
    @MethodSource("histories")
    void eachEntryAndEachDayIsTheSumOfItsParts(long seed, String zoneName, String tax) {
        var zone = ZoneId.of(zoneName);
        var slips = new Slips("slips-" + seed, "USD", zoneName, BEGIN);
        if (!tax.equals("none")) {
            collect(slips.books, tax.equals("within"));
        }
        live(slips, new Random(seed));

        assertThat(slips.books.faults()).isEmpty();
        var all = new ArrayList<Part>();
        for (var wallet : wallets) {
            var charges = slips.charges(wallet);
            assertThat(charges).as("charges").hasSizeGreaterThan(STEPS);
            for (var charge : charges) {
                var parts = slips.of(Slips.entry(wallet, charge.entryId()));
                assertThat(slips.sum(parts))
                        .as("seed %d, entry %d of %s at %s", seed, charge.entryId(), charge.source(), charge.at())
                        .isEqualTo(charge.amount().negated());
                all.addAll(parts);
            }
            daysAreSums(slips, wallet, zone);
        }
        assertThat(all)
                .anyMatch(Part::isCut)
                .anyMatch(part -> part.rise().isPositive())
                .anyMatch(part -> part.kind().equals("VOLUME"));
    }

    /** The reseller collects German tax, upon its prices or within them. */
    private static void collect(Books books, boolean isIncluded) {
        books.in(() -> books.ledger.account(AccountKind.TAX, books.money("0").currency()));
        books.in(() -> books.sql.update("""
                insert into tax_registration (country, number, scheme, from_at, noted_at, noted_by)
                values ('DE', 'DE999999995', 'DOMESTIC', '2026-01-01', now(), 'test')
                """));
        books.in(() -> books.sql.update("""
                insert into tax_pricing (included, from_at, noted_at, noted_by) values (?, '2026-01-01', now(), 'test')
                """, isIncluded));
    }

    private static void daysAreSums(Slips slips, UUID wallet, ZoneId zone) {
        var last = LocalDate.ofInstant(slips.books.clock.instant(), zone);
        var daily = slips.daily(wallet).amounts();
        for (var day = LocalDate.ofInstant(BEGIN, zone); !day.isAfter(last); day = day.plusDays(1)) {
            var whole = slips.look(Slips.day(wallet, day));
            assertThat(slips.sum(slips.of(Slips.day(wallet, day))))
                    .as("%s", day)
                    .isEqualTo(whole.amount());
            if (daily.containsKey(day)) {
                assertThat(whole.total()).as("%s", day).isEqualTo(daily.get(day));
            }
        }
        assertThat(daily).isNotEmpty();
    }

    private void live(Slips slips, Random random) {
        for (var price : PRICES) {
            prices.add(slips.books.price(price));
        }
        for (var size = 1; size <= 3; size++) {
            disks.add(slips.price("VOLUME", "0.37", size * 10));
        }
        wallets.add(slips.wallet("100000"));
        wallets.add(slips.wallet("100000"));
        for (var wallet : wallets) {
            for (var number = 0; number < 3; number++) {
                servers.add(slips.books.rent(
                        wallet, prices.get(2 * number % PRICES.length), BEGIN.plusSeconds(300L * number)));
            }
            volumes.add(slips.volume(servers.get(servers.size() - 1), disks.get(0), 10, BEGIN.plusSeconds(900)));
            slips.books.rent(wallet, prices.get(1), BEGIN.plusSeconds(1_000)); // Nothing ever happens to this one.
        }
        var at = BEGIN.plusSeconds(1_200);
        for (var step = 0; step < STEPS; step++) {
            at = step(slips, random, at);
        }
        at = at.isBefore(END_LEAST) ? END_LEAST : at;
        for (var wallet : wallets) {
            slips.park(wallet, false);
        }
        slips.books.charge(at);
        slips.books.charge(at.truncatedTo(ChronoUnit.HOURS).plus(3, ChronoUnit.HOURS));
        slips.books.clock.stopAt(at.plus(Duration.ofHours(4)));
    }

    /** What happens, and then some time. */
    private Instant step(Slips slips, Random random, Instant at) {
        slips.books.clock.stopAt(at);
        var wallet = wallets.get(random.nextInt(wallets.size()));
        switch (random.nextInt(10)) {
            case 0, 1 -> change(slips, servers.get(random.nextInt(servers.size())), prices, random, at);
            case 2 -> change(slips, volumes.get(random.nextInt(volumes.size())), disks, random, at);
            case 3 -> servers.add(slips.books.rent(wallet, prices.get(random.nextInt(prices.size())), at));
            case 4 -> {
                if (servers.size() > 4) {
                    slips.books.end(servers.remove(3), at);
                }
            }
            case 5 -> slips.giveBack(wallet, "0.01");
            case 6 -> slips.park(wallet, random.nextBoolean());
            case 7 -> slips.books.charge(at);
            case 8 -> switchOver(slips, servers.get(random.nextInt(servers.size())), at);
            default -> slips.books.charge(at.truncatedTo(ChronoUnit.HOURS));
        }
        var next = at.plusSeconds(random.nextInt(random.nextInt(15) == 0 ? 86_400 * 20 : 3_600 * 6) + 1L)
                .truncatedTo(random.nextInt(4) == 0 ? ChronoUnit.HOURS : ChronoUnit.SECONDS);
        if (next.isBefore(at)) {
            return at.plusSeconds(1);
        }
        if (random.nextInt(3) > 0) {
            runs(slips, at, next);
        }
        return next;
    }

    /** Off and not charged, or on again. */
    private void switchOver(Slips slips, Rented server, Instant at) {
        if (paused.remove(server)) {
            slips.books.resume(server, at);
        } else {
            paused.add(server);
            slips.books.pause(server, at);
        }
    }

    /** Hour by hour, as the timer does. */
    private static void runs(Slips slips, Instant from, Instant to) {
        for (var hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
                !hour.isAfter(to) && Duration.between(from, hour).toHours() < 12;
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            slips.books.charge(hour);
        }
    }

    private static void change(Slips slips, Rented rented, List<UUID> to, Random random, Instant at) {
        slips.books.change(rented, to.get(random.nextInt(to.size())), at);
    }
}
