package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.kernel.money.Money;
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

/** The charging rule and its cases, on a real PostgreSQL. 13.25 a month is 0.01815068 an hour. */
class ChargingTest {
    private static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    private static BillingFixture billingFixture;

    @BeforeAll
    static void openLedger() {
        billingFixture = new BillingFixture("charging", "USD", "Europe/Berlin");
        billingFixture.clock.stopAt(Instant.parse("2026-11-01T00:00:00Z"));
    }

    @AfterEach
    void ledgerIsInOrder() {
        assertThat(billingFixture.faults()).isEmpty();
    }

    @Test
    void chargesTheFirstHourWithTheActivation() {
        var rented = rent("13.25", NOON);

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.01815068"));
        assertThat(billingFixture.balance(rented.wallet())).isEqualTo(billingFixture.money("99.98184932"));
    }

    @Test
    void chargesOneHourForAServerOfFiveMinutes() {
        var rented = rent("13.25", NOON);
        billingFixture.end(rented, NOON.plus(Duration.ofMinutes(5)));

        billingFixture.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.01815068"));
    }

    @Test
    void chargesOneHourForAServerOfExactlyAnHour() {
        var rented = rent("13.25", NOON);

        billingFixture.end(rented, NOON.plus(Duration.ofHours(1)));

        assertThat(billingFixture.hours(rented)).isEqualTo(1);
    }

    @Test
    void chargesAnotherHourForOneMicrosecondMore() {
        var rented = rent("13.25", NOON);

        billingFixture.end(rented, NOON.plus(Duration.ofHours(1)).plusNanos(1_000));

        assertThat(billingFixture.hours(rented)).isEqualTo(2);
    }

    @Test
    void countsHoursFromActivationNotByTheClock() {
        var rented = rent("13.25", NOON.plus(Duration.ofMinutes(20)));

        billingFixture.charge(NOON.plus(Duration.ofHours(1)));
        assertThat(billingFixture.hours(rented)).isEqualTo(1);
        billingFixture.charge(NOON.plus(Duration.ofHours(2)));
        assertThat(billingFixture.hours(rented)).isEqualTo(2);
    }

    @Test
    void chargesEachHourOnceWhenRunTwice() {
        rent("13.25", NOON);
        var until = NOON.plus(Duration.ofHours(5));
        billingFixture.charge(until);

        assertThat(billingFixture.charge(until))
                .matches(chargeTotals ->
                        chargeTotals.hours() == 0 && chargeTotals.amounts().isEmpty());
    }

    @Test
    void catchesUpMissedHoursToTheSameCent() {
        var hourly = rent("13.25", NOON);
        var late = rent("13.25", NOON);
        for (var hour = 1; hour <= 30; hour++) {
            billingFixture.end(rent("13.25", NOON), NOON.plus(Duration.ofMinutes(1)));
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)));
        }

        assertThat(billingFixture.charged(hourly))
                .isEqualTo(billingFixture.money("0.54452040"))
                .isEqualTo(billingFixture.charged(late));
    }

    @Test
    void capsACalendarMonthAtTheMonthlyPrice() {
        var zoneMonthStart = Instant.parse("2026-12-31T23:00:00Z");
        var rented = rent("7.30", zoneMonthStart);

        billingFixture.charge(zoneMonthStart.plus(Duration.ofDays(31)));

        assertThat(billingFixture.hours(rented)).isEqualTo(744);
        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("7.30"));
    }

    @Test
    void startsANewMonthAndCapAtMidnightOfTheTenant() {
        var rented = rent("7.30", Instant.parse("2027-02-28T22:30:00Z"));

        billingFixture.charge(Instant.parse("2027-03-01T02:00:00Z"));

        // 22:30 and 22:30+1h=23:30 (already 1 March in Berlin): one hour in February, three in March.
        assertThat(billingFixture.periods(rented))
                .containsExactly(
                        billingFixture.money("0.01").amount(),
                        billingFixture.money("0.03").amount());
    }

    @Test
    void countsTheHoursOfAMonthWithDaylightSaving() {
        var march = rent("730", Instant.parse("2027-02-28T23:00:00Z"));
        billingFixture.end(march, Instant.parse("2027-03-31T22:00:00Z"));

        assertThat(billingFixture.hours(march)).isEqualTo(743);
        assertThat(billingFixture.charged(march)).isEqualTo(billingFixture.money("730"));
    }

    @Test
    void closesAndOpensARatedPeriodOnAChangeOfPlan() {
        var rented = rent("7.30", NOON);
        billingFixture.change(rented, billingFixture.price("14.60"), NOON.plus(Duration.ofMinutes(90)));

        billingFixture.charge(NOON.plus(Duration.ofHours(4)));

        // Two hours at 0.01, the difference of 0.01 for the current hour, two hours at 0.02.
        assertThat(billingFixture.periods(rented))
                .containsExactly(
                        billingFixture.money("0.02").amount(),
                        billingFixture.money("0.05").amount());
    }

    @Test
    void changingDownAndUpWithinAnHourNeverPaysOff() {
        var small = billingFixture.price("7.30");
        var large = billingFixture.price("73");
        var rented = billingFixture.rent(billingFixture.wallet("100"), large, NOON);
        for (var hour = 1; hour <= 3; hour++) {
            billingFixture.change(rented, small, NOON.plus(Duration.ofMinutes(60 * hour - 5)));
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)).plusSeconds(1));
            billingFixture.change(rented, large, NOON.plus(Duration.ofMinutes(60 * hour + 1)));
        }

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.40"));
    }

    @Test
    void chargesAnHourOnceAfterChangingDownAndUpWithinIt() {
        var small = billingFixture.price("7.30");
        var large = billingFixture.price("73");
        var rented = billingFixture.rent(billingFixture.wallet("100"), large, NOON);
        billingFixture.change(rented, small, NOON.plus(Duration.ofMinutes(10)));
        billingFixture.change(rented, large, NOON.plus(Duration.ofMinutes(20)));
        billingFixture.change(rented, small, NOON.plus(Duration.ofMinutes(30)));
        billingFixture.change(rented, large, NOON.plus(Duration.ofMinutes(30)));

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.10"));
    }

    @Test
    void doesNotSurchargeACompletedHourAfterAnIncrease() {
        var rented = rent("7.30", NOON);
        billingFixture.change(rented, billingFixture.price("14.60"), NOON.plus(Duration.ofHours(2)));

        billingFixture.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(billingFixture.periods(rented))
                .containsExactly(
                        billingFixture.money("0.02").amount(),
                        billingFixture.money("0.02").amount());
    }

    @Test
    void startsAMonthAtItsFirstMidnightIfTheClockIsSetBack() {
        // On 1 November 2026 Havana's clocks go back from one o'clock to midnight: it is midnight at 04:00 and 05:00
        // UTC.
        var havana = new BillingFixture("havana", "USD", "America/Havana");
        havana.clock.stopAt(NOON);
        var rented = havana.rent(havana.wallet("1"), havana.price("7.30"), Instant.parse("2026-11-01T03:00:00Z"));
        havana.charge(Instant.parse("2026-11-01T06:00:00Z"));

        assertThat(havana.periods(rented))
                .containsExactly(
                        billingFixture.money("0.01").amount(),
                        billingFixture.money("0.02").amount());
        assertThat(havana.faults()).isEmpty();
    }

    @Test
    void doesNotRepeatEventsForAnEmptyWalletWithFreeServices() {
        var wallet = billingFixture.wallet("0");
        billingFixture.rent(wallet, billingFixture.price("0"), NOON);
        for (var hour = 1; hour <= 3; hour++) {
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)));
            billingFixture.rent(wallet, billingFixture.price("0"), NOON.plus(Duration.ofHours(hour)));
        }

        assertThat(billingFixture.thresholdEvents(wallet)).isEmpty();
    }

    @Test
    void changeOfPlanDoesNotRaiseTheMonthlyCapTwice() {
        var start = Instant.parse("2027-04-30T22:00:00Z");
        var rented = rent("7.30", start);
        billingFixture.change(rented, billingFixture.price("14.60"), start.plus(Duration.ofDays(29)));
        billingFixture.charge(start.plus(Duration.ofDays(31)));

        // 696 hours at the small plan's 0.01, the last of them complete; the large one's 48 hours at 0.02 follow.
        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("7.92"));
    }

    @Test
    void capsAMonthOfTwoPlansAtTheHigherPrice() {
        var start = Instant.parse("2027-04-30T22:00:00Z");
        var rented = rent("7.30", start);
        billingFixture.change(rented, billingFixture.price("14.60"), start.plus(Duration.ofHours(1)));
        billingFixture.charge(start.plus(Duration.ofDays(31)));

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("14.60"));
    }

    @Test
    void keepsTheAcceptedPriceForTheCurrentHour() {
        var rented = rent("7.30", NOON);
        billingFixture.price("99");

        billingFixture.charge(NOON.plus(Duration.ofHours(10)));

        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.10"));
    }

    @Test
    void chargesUsageEvenBelowZero() {
        var wallet = billingFixture.wallet("0.005");
        var rented = billingFixture.rent(wallet, billingFixture.price("7.30"), NOON);

        billingFixture.charge(NOON.plus(Duration.ofHours(2)));

        assertThat(billingFixture.balance(wallet)).isEqualTo(billingFixture.money("-0.015"));
        assertThat(billingFixture.charged(rented)).isEqualTo(billingFixture.money("0.02"));
    }

    @Test
    void recordsEachThresholdEventOncePerCrossing() {
        var wallet = billingFixture.wallet("1.00");
        billingFixture.rent(wallet, billingFixture.price("73"), NOON);
        for (var hour = 1; hour <= 12; hour++) {
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)));
        }
        assertThat(billingFixture.thresholdEvents(wallet)).containsExactly("LOW", "EMPTY", "OVER_LIMIT");

        billingFixture.topUp(wallet, "50");
        assertThat(billingFixture.thresholdEvents(wallet)).containsExactly("LOW", "EMPTY", "OVER_LIMIT", "RECOVERED");
        for (var hour = 13; hour <= 520; hour++) {
            billingFixture.charge(NOON.plus(Duration.ofHours(hour)));
        }
        assertThat(billingFixture.thresholdEvents(wallet)).endsWith("RECOVERED", "LOW", "EMPTY", "OVER_LIMIT");
    }

    @Test
    void includesServicesNotYetDueInTheRunway() {
        var wallet = billingFixture.wallet("10");
        var price = billingFixture.price("73");
        billingFixture.rent(wallet, price, NOON);
        billingFixture.rent(wallet, price, NOON.plus(Duration.ofMinutes(20)));
        assertThat(billingFixture.thresholdEvents(wallet)).containsExactly("LOW");

        billingFixture.charge(NOON.plus(Duration.ofMinutes(61)));
        billingFixture.charge(NOON.plus(Duration.ofMinutes(81)));

        assertThat(billingFixture.thresholdEvents(wallet)).containsExactly("LOW");
    }

    @Test
    void chargesEachServiceOnceInConcurrentRuns() throws Exception {
        var rented = java.util.stream.Stream.generate(() -> rent("7.30", NOON))
                .limit(40)
                .toList();
        var pool = Executors.newFixedThreadPool(3);
        try {
            Callable<ChargeTotals> run = () -> billingFixture.charge(NOON.plus(Duration.ofHours(7)));
            for (var outcome : pool.invokeAll(java.util.List.of(run, run, run))) {
                outcome.get();
            }
        } finally {
            pool.shutdown();
        }

        assertThat(rented)
                .allSatisfy(one -> assertThat(billingFixture.charged(one)).isEqualTo(billingFixture.money("0.07")));
    }

    @Test
    void skipsParkedWallets() {
        var rented = rent("7.30", NOON);
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = 'auditor' where id = ?", rented.wallet()));

        billingFixture.charge(NOON.plus(Duration.ofHours(3)));
        assertThat(billingFixture.hours(rented)).isEqualTo(1);
        billingFixture.in(
                () -> billingFixture.sql.update("update wallet set parked = null where id = ?", rented.wallet()));
        billingFixture.charge(NOON.plus(Duration.ofHours(3)));

        assertThat(billingFixture.hours(rented)).isEqualTo(3);
    }

    @Test
    void parkedWalletsDoNotEndASliceEarly() {
        var rented = java.util.stream.Stream.generate(() -> rent("7.30", NOON))
                .limit(5)
                .sorted(java.util.Comparator.comparing(one -> one.wallet().toString()))
                .toList();
        var wallets = rented.stream().map(Rented::wallet).toArray(UUID[]::new);
        billingFixture.in(() -> billingFixture.sql.update(
                "update wallet set parked = 'auditor' where id = any (?)", (Object) Arrays.copyOf(wallets, 3)));

        var after = new UUID(0, 0);
        var batches = new ArrayList<Charging.Batch>();
        do {
            var range = new Charging.Range(after, new UUID(-1, -1), 2);
            var batch = billingFixture.in(() -> billingFixture.charging.chargeWallets(
                    range, NOON.plus(Duration.ofHours(3)), "parked:" + batches.size()));
            batches.add(batch);
            after = Objects.requireNonNullElse(batch.last(), after);
        } while (!batches.get(batches.size() - 1).isLast());
        billingFixture.in(() -> billingFixture.sql.update("update wallet set parked = null where parked is not null"));

        assertThat(rented.stream().map(billingFixture::hours)).containsExactly(1, 1, 1, 3, 3);
    }

    @Test
    void databaseRejectsAnUnbalancedEntry() {
        var wallet = billingFixture.wallet("1");

        assertThatThrownBy(() -> billingFixture.in(() -> {
                    var entry = entry();
                    return billingFixture.sql.update(
                            "insert into posting (entry_id, account_id, currency, amount) values (?, ?, 'USD', 5),"
                                    + " (?, (select id from ledger_account where kind = 'CASH'), 'USD', -4)",
                            entry,
                            wallet,
                            entry);
                }))
                .hasMessageContaining("does not balance");
    }

    @Test
    void databaseRejectsAnEntryWithoutPostings() {
        assertThatThrownBy(() -> billingFixture.in(this::entry)).hasMessageContaining("at least 2 are needed");
    }

    @Test
    void databaseRejectsPostingsToAnOldEntry() {
        var wallet = billingFixture.wallet("1");

        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(
                        "insert into posting (entry_id, account_id, currency, amount) select min(id), ?, 'USD', 5"
                                + " from journal_entry",
                        wallet)))
                .hasMessageContaining("not of this transaction");
    }

    @Test
    void tenantRoleCannotChangeHistory() {
        for (var statement : new String[] {
            "update posting set amount = 1",
            "delete from posting",
            "update journal_entry set reason = ''",
            "delete from journal_entry",
            "update price_version set monthly = 1",
            "delete from wallet_event"
        }) {
            assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(statement)))
                    .isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private long entry() {
        return billingFixture
                .ledger
                .open(new io.tenantry.kernel.ledger.Ledger.EntryHeader(
                        "CREDIT", "test", UUID.randomUUID().toString(), "reason", java.util.Optional.empty()))
                .orElseThrow();
    }

    private Rented rent(String monthly, Instant at) {
        return billingFixture.rent(billingFixture.wallet("100"), billingFixture.price(monthly), at);
    }

    static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
