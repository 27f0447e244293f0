package io.tenantry.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.charging.Books.Rented;
import io.tenantry.money.Money;
import io.tenantry.tenancy.SqlFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rule of charging and its cases, on a real PostgreSQL. 13.25 a month is 0.01815068 an hour. */
class ChargingTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static Books books;

    @BeforeAll
    static void openBooks() {
        books = new Books("charging", "USD", "Europe/Berlin");
        books.clock.stopAt(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @AfterEach
    void booksAreInOrder() {
        assertThat(books.faults()).isEmpty();
    }

    @Test
    void chargesTheFirstHourWithTheActivation() {
        var rented = rent("13.25", NOON);

        assertThat(books.charged(rented)).isEqualTo(books.money("0.01815068"));
        assertThat(books.balance(rented.wallet())).isEqualTo(books.money("99.98184932"));
    }

    @Test
    void aServerThatLivedFiveMinutesCostsOneHour() {
        var rented = rent("13.25", NOON);
        books.end(rented, NOON.plus(Duration.ofMinutes(5)));

        books.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(books.charged(rented)).isEqualTo(books.money("0.01815068"));
    }

    @Test
    void aServerThatLivedExactlyAnHourCostsOneHour() {
        var rented = rent("13.25", NOON);

        books.end(rented, NOON.plus(Duration.ofHours(1)));

        assertThat(books.hours(rented)).isEqualTo(1);
    }

    @Test
    void aMicrosecondMoreCostsAnotherHour() {
        var rented = rent("13.25", NOON);

        books.end(rented, NOON.plus(Duration.ofHours(1)).plusNanos(1_000));

        assertThat(books.hours(rented)).isEqualTo(2);
    }

    @Test
    void hoursCountFromTheActivationNotFromTheClock() {
        var rented = rent("13.25", NOON.plus(Duration.ofMinutes(20)));

        books.charge(NOON.plus(Duration.ofHours(1)));
        assertThat(books.hours(rented)).isEqualTo(1);
        books.charge(NOON.plus(Duration.ofHours(2)));
        assertThat(books.hours(rented)).isEqualTo(2);
    }

    @Test
    void aRepeatedRunChargesNothing() {
        rent("13.25", NOON);
        var until = NOON.plus(Duration.ofHours(5));
        books.charge(until);

        assertThat(books.charge(until))
                .matches(charged -> charged.hours() == 0 && charged.amount().signum() == 0);
    }

    @Test
    void missedHoursAreCaughtUpToTheSameCent() {
        var hourly = rent("13.25", NOON);
        var late = rent("13.25", NOON);
        for (var hour = 1; hour <= 30; hour++) {
            books.end(rent("13.25", NOON), NOON.plus(Duration.ofMinutes(1)));
            books.charge(NOON.plus(Duration.ofHours(hour)));
        }

        assertThat(books.charged(hourly)).isEqualTo(books.money("0.54452040")).isEqualTo(books.charged(late));
    }

    @Test
    void aCalendarMonthNeverCostsMoreThanTheMonthlyPrice() {
        var zoneMonthStart = Instant.parse("2026-12-31T23:00:00Z");
        var rented = rent("7.30", zoneMonthStart);

        books.charge(zoneMonthStart.plus(Duration.ofDays(31)));

        assertThat(books.hours(rented)).isEqualTo(744);
        assertThat(books.charged(rented)).isEqualTo(books.money("7.30"));
    }

    @Test
    void aNewMonthBeginsAtTheTenantsMidnightWithANewCap() {
        var rented = rent("7.30", Instant.parse("2027-02-28T22:30:00Z"));

        books.charge(Instant.parse("2027-03-01T02:00:00Z"));

        // 22:30 and 22:30+1h=23:30 (already 1 March in Berlin): one hour in February, three in March.
        assertThat(books.periods(rented))
                .containsExactly(
                        books.money("0.01").amount(), books.money("0.03").amount());
    }

    @Test
    void aMonthWithDaylightSavingHasItsOwnNumberOfHours() {
        var march = rent("730", Instant.parse("2027-02-28T23:00:00Z"));
        books.end(march, Instant.parse("2027-03-31T22:00:00Z"));

        assertThat(books.hours(march)).isEqualTo(743);
        assertThat(books.charged(march)).isEqualTo(books.money("730"));
    }

    @Test
    void aChangeOfPlanEndsOneRatedPeriodAndOpensTheNext() {
        var rented = rent("7.30", NOON);
        books.change(rented, books.price("14.60"), NOON.plus(Duration.ofMinutes(90)));

        books.charge(NOON.plus(Duration.ofHours(4)));

        // Two hours at 0.01, the difference of 0.01 for the hour in progress, two hours at 0.02.
        assertThat(books.periods(rented))
                .containsExactly(
                        books.money("0.02").amount(), books.money("0.05").amount());
    }

    @Test
    void goingDownAndUpWithinAnHourNeverPaysOff() {
        var small = books.price("7.30");
        var large = books.price("73");
        var rented = books.rent(books.wallet("100"), large, NOON);
        for (var hour = 1; hour <= 3; hour++) {
            books.change(rented, small, NOON.plus(Duration.ofMinutes(60 * hour - 5)));
            books.charge(NOON.plus(Duration.ofHours(hour)).plusSeconds(1));
            books.change(rented, large, NOON.plus(Duration.ofMinutes(60 * hour + 1)));
        }

        assertThat(books.charged(rented)).isEqualTo(books.money("0.40"));
    }

    @Test
    void goingDownAndUpWithinOneHourCostsThatHourOnce() {
        var small = books.price("7.30");
        var large = books.price("73");
        var rented = books.rent(books.wallet("100"), large, NOON);
        books.change(rented, small, NOON.plus(Duration.ofMinutes(10)));
        books.change(rented, large, NOON.plus(Duration.ofMinutes(20)));
        books.change(rented, small, NOON.plus(Duration.ofMinutes(30)));
        books.change(rented, large, NOON.plus(Duration.ofMinutes(30)));

        assertThat(books.charged(rented)).isEqualTo(books.money("0.10"));
    }

    @Test
    void aRiseBetweenTwoHoursIsNotChargedForTheHourThatIsOver() {
        var rented = rent("7.30", NOON);
        books.change(rented, books.price("14.60"), NOON.plus(Duration.ofHours(2)));

        books.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(books.periods(rented))
                .containsExactly(
                        books.money("0.02").amount(), books.money("0.02").amount());
    }

    @Test
    void aMonthThatBeginsTwiceBeginsTheFirstTime() {
        // On 1 November 2026 the clocks of Havana go from one o'clock back to midnight: it is midnight at 04:00 and
        // 05:00 UTC.
        var havana = new Books("havana", "USD", "America/Havana");
        havana.clock.stopAt(NOON);
        var rented = havana.rent(havana.wallet("1"), havana.price("7.30"), Instant.parse("2026-11-01T03:00:00Z"));
        havana.charge(Instant.parse("2026-11-01T06:00:00Z"));

        assertThat(havana.periods(rented))
                .containsExactly(
                        books.money("0.01").amount(), books.money("0.02").amount());
        assertThat(havana.faults()).isEmpty();
    }

    @Test
    void anEmptyWalletWhoseServicesAreFreeIsNotToldAgainAndAgain() {
        var wallet = books.wallet("0");
        books.rent(wallet, books.price("0"), NOON);
        for (var hour = 1; hour <= 3; hour++) {
            books.charge(NOON.plus(Duration.ofHours(hour)));
            books.rent(wallet, books.price("0"), NOON.plus(Duration.ofHours(hour)));
        }

        assertThat(books.crossings(wallet)).isEmpty();
    }

    @Test
    void aChangeOfPlanDoesNotLiftTheMonthsCapTwice() {
        var start = Instant.parse("2027-04-30T22:00:00Z");
        var rented = rent("7.30", start);
        books.change(rented, books.price("14.60"), start.plus(Duration.ofDays(29)));
        books.charge(start.plus(Duration.ofDays(31)));

        // 696 hours at the small plan's 0.01, the last of them over; the large one's 48 hours at 0.02 follow.
        assertThat(books.charged(rented)).isEqualTo(books.money("7.92"));
    }

    @Test
    void withTwoPlansInAMonthTheHigherPriceIsTheCap() {
        var start = Instant.parse("2027-04-30T22:00:00Z");
        var rented = rent("7.30", start);
        books.change(rented, books.price("14.60"), start.plus(Duration.ofHours(1)));
        books.charge(start.plus(Duration.ofDays(31)));

        assertThat(books.charged(rented)).isEqualTo(books.money("14.60"));
    }

    @Test
    void aRunningHourKeepsTheAcceptedPrice() {
        var rented = rent("7.30", NOON);
        books.price("99");

        books.charge(NOON.plus(Duration.ofHours(10)));

        assertThat(books.charged(rented)).isEqualTo(books.money("0.10"));
    }

    @Test
    void whatWasConsumedIsRecordedEvenBelowZero() {
        var wallet = books.wallet("0.005");
        var rented = books.rent(wallet, books.price("7.30"), NOON);

        books.charge(NOON.plus(Duration.ofHours(2)));

        assertThat(books.balance(wallet)).isEqualTo(books.money("-0.015"));
        assertThat(books.charged(rented)).isEqualTo(books.money("0.02"));
    }

    @Test
    void eachThresholdIsToldOncePerCrossing() {
        var wallet = books.wallet("1.00");
        books.rent(wallet, books.price("73"), NOON);
        for (var hour = 1; hour <= 12; hour++) {
            books.charge(NOON.plus(Duration.ofHours(hour)));
        }
        assertThat(books.crossings(wallet)).containsExactly("LOW", "EMPTY", "OVER_LIMIT");

        books.topUp(wallet, "50");
        assertThat(books.crossings(wallet)).containsExactly("LOW", "EMPTY", "OVER_LIMIT", "RECOVERED");
        for (var hour = 13; hour <= 520; hour++) {
            books.charge(NOON.plus(Duration.ofHours(hour)));
        }
        assertThat(books.crossings(wallet)).endsWith("RECOVERED", "LOW", "EMPTY", "OVER_LIMIT");
    }

    @Test
    void aServiceThatIsNotDueYetStillCountsForTheRunway() {
        var wallet = books.wallet("10");
        var price = books.price("73");
        books.rent(wallet, price, NOON);
        books.rent(wallet, price, NOON.plus(Duration.ofMinutes(20)));
        assertThat(books.crossings(wallet)).containsExactly("LOW");

        books.charge(NOON.plus(Duration.ofMinutes(61)));
        books.charge(NOON.plus(Duration.ofMinutes(81)));

        assertThat(books.crossings(wallet)).containsExactly("LOW");
    }

    @Test
    void threeRunsOfTheSameHourAtOnceChargeEachServiceOnce() throws Exception {
        var rented = java.util.stream.Stream.generate(() -> rent("7.30", NOON))
                .limit(40)
                .toList();
        var pool = Executors.newFixedThreadPool(3);
        try {
            Callable<Charged> run = () -> books.charge(NOON.plus(Duration.ofHours(7)));
            for (var outcome : pool.invokeAll(java.util.List.of(run, run, run))) {
                outcome.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(rented).allSatisfy(one -> assertThat(books.charged(one)).isEqualTo(books.money("0.07")));
    }

    @Test
    void aWalletThatIsParkedIsLeftAlone() {
        var rented = rent("7.30", NOON);
        books.in(() -> books.sql.update("update wallet set parked = 'auditor' where id = ?", rented.wallet()));

        books.charge(NOON.plus(Duration.ofHours(3)));
        assertThat(books.hours(rented)).isEqualTo(1);
        books.in(() -> books.sql.update("update wallet set parked = null where id = ?", rented.wallet()));
        books.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(books.hours(rented)).isEqualTo(3);
    }

    @Test
    void walletsThatAreParkedDoNotEndASliceEarly() {
        var rented = java.util.stream.Stream.generate(() -> rent("7.30", NOON))
                .limit(5)
                .sorted(java.util.Comparator.comparing(one -> one.wallet().toString()))
                .toList();
        var wallets = rented.stream().map(Rented::wallet).toArray(UUID[]::new);
        books.in(() -> books.sql.update(
                "update wallet set parked = 'auditor' where id = any (?)", (Object) Arrays.copyOf(wallets, 3)));

        var after = new UUID(0, 0);
        var batches = new ArrayList<Charging.Batch>();
        do {
            var range = new Charging.Range(after, new UUID(-1, -1), 2);
            var batch = books.in(() ->
                    books.charging.chargeWallets(range, NOON.plus(Duration.ofHours(3)), "parked:" + batches.size()));
            batches.add(batch);
            after = Objects.requireNonNullElse(batch.last(), after);
        } while (!batches.get(batches.size() - 1).isLast());
        books.in(() -> books.sql.update("update wallet set parked = null where parked is not null"));

        assertThat(rented.stream().map(books::hours)).containsExactly(1, 1, 1, 3, 3);
    }

    @Test
    void theDatabaseRefusesAnEntryThatDoesNotBalance() {
        var wallet = books.wallet("1");

        assertThatThrownBy(() -> books.in(() -> {
                    var entry = entry();
                    return books.sql.update(
                            "insert into posting (entry_id, account_id, currency, amount) values (?, ?, 'USD', 5),"
                                    + " (?, (select id from ledger_account where kind = 'CASH'), 'USD', -4)",
                            entry,
                            wallet,
                            entry);
                }))
                .hasMessageContaining("does not balance");
    }

    @Test
    void theDatabaseRefusesAnEntryWithoutPostings() {
        assertThatThrownBy(() -> books.in(this::entry)).hasMessageContaining("at least 2 are needed");
    }

    @Test
    void theDatabaseRefusesPostingsToAnOldEntry() {
        var wallet = books.wallet("1");

        assertThatThrownBy(() -> books.in(() -> books.sql.update(
                        "insert into posting (entry_id, account_id, currency, amount) select min(id), ?, 'USD', 5"
                                + " from journal_entry",
                        wallet)))
                .hasMessageContaining("not of this transaction");
    }

    @Test
    void theTenantsRoleCannotChangeHistory() {
        for (var statement : new String[] {
            "update posting set amount = 1",
            "delete from posting",
            "update journal_entry set reason = ''",
            "delete from journal_entry",
            "update price_version set monthly = 1",
            "delete from wallet_event"
        }) {
            assertThatThrownBy(() -> books.in(() -> books.sql.update(statement)))
                    .isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private long entry() {
        return books.ledger
                .open(new io.tenantry.ledger.Ledger.Statement(
                        "CREDIT", "test", UUID.randomUUID().toString(), "reason", java.util.Optional.empty()))
                .orElseThrow();
    }

    private Rented rent(String monthly, Instant at) {
        return books.rent(books.wallet("100"), books.price(monthly), at);
    }

    static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
