package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.Rating.Period;
import io.tenantry.kernel.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The charging rule by hand-calculated figures; another test verifies that the database agrees. */
class RatingTest {
    private static final Instant START = Instant.parse("2026-03-10T10:15:00Z");
    private static final Instant BERLIN_APRIL = Instant.parse("2026-03-31T22:00:00Z");
    private static final Instant MONTH_END = Instant.parse("2026-04-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T10:14:59Z, 0",
        "2026-03-10T10:15:00Z, 0",
        "2026-03-10T10:15:00.000001Z, 1",
        "2026-03-10T11:15:00Z, 1",
        "2026-03-10T11:15:01Z, 2",
        "2026-03-11T10:15:00Z, 24"
    })
    void countsEachStartedHour(Instant until, int hours) {
        assertThat(Rating.startedHours(START, until)).isEqualTo(hours);
        assertThat(opening("7.30").chargedTo(until).hours()).isEqualTo(hours);
    }

    @Test
    void chargesHoursAtTheHourlyRate() {
        var period = opening("7.30").chargedTo(START.plusSeconds(3 * 3600));
        assertThat(period.amount()).isEqualTo(usd("0.03"));
        assertThat(period.chargedUntil()).isEqualTo(START.plusSeconds(3 * 3600));
    }

    @Test
    void continuesWhereItStopped() {
        var period = opening("7.30").chargedTo(START.plusSeconds(3600));
        assertThat(period.chargedTo(START.plusSeconds(3600))).isEqualTo(period);
        assertThat(period.chargedTo(START.plusSeconds(3601)).hours()).isEqualTo(2);
    }

    @Test
    void leavesHoursThatStartInTheNextMonthToIt() {
        var late = Period.opening(Instant.parse("2026-03-31T22:30:00Z"), MONTH_END, usd("7.30"));
        var charged = late.chargedTo(MONTH_END.plusSeconds(86_400));
        assertThat(charged.hours()).isEqualTo(2);
        assertThat(charged.chargedUntil()).isEqualTo(Instant.parse("2026-04-01T00:30:00Z"));
    }

    @Test
    void neverChargesMoreThanTheMonthlyPrice() {
        var whole = Period.opening(Instant.parse("2026-03-01T00:00:00Z"), MONTH_END, usd("7.30"))
                .chargedTo(MONTH_END);
        assertThat(whole.hours()).isEqualTo(744);
        assertThat(whole.amount()).isEqualTo(usd("7.30"));
    }

    @Test
    void chargesAPriceIncreaseForTheCurrentHour() {
        var changed = opening("7.30").chargedTo(START.plusSeconds(1)).changedTo(START.plusSeconds(1), usd("14.60"));
        assertThat(changed.startsAt()).isEqualTo(START.plusSeconds(3600));
        assertThat(changed.surcharge()).isEqualTo(usd("0.01"));
        assertThat(changed.amount()).isEqualTo(usd("0.01"));
        assertThat(changed.monthCap()).isEqualTo(usd("14.60"));
        assertThat(changed.cap()).isEqualTo(usd("14.59"));
    }

    @Test
    void doesNotCreditAPriceDecreaseForTheCurrentHour() {
        var changed = opening("14.60").chargedTo(START.plusSeconds(1)).changedTo(START.plusSeconds(1), usd("7.30"));
        assertThat(changed.surcharge()).isEqualTo(usd("0"));
        assertThat(changed.monthCap()).isEqualTo(usd("14.60"));
        assertThat(changed.cap()).isEqualTo(usd("14.58"));
        assertThat(changed.chargedTo(START.plusSeconds(3601)).amount()).isEqualTo(usd("0.01"));
    }

    @Test
    void chargesTheCurrentHourAtItsHighestRate() {
        var now = START.plusSeconds(1);
        var down = opening("14.60").chargedTo(now).changedTo(now, usd("7.30"));
        var upAgain = down.changedTo(now, usd("14.60"));
        var higher = upAgain.changedTo(now, usd("0")).changedTo(now, usd("21.90"));

        assertThat(upAgain.surcharge()).isEqualTo(usd("0"));
        assertThat(higher.surcharge()).isEqualTo(usd("0.01"));
        assertThat(higher.changedTo(now, usd("14.60"))
                        .changedTo(now, usd("21.90"))
                        .surcharge())
                .isEqualTo(usd("0"));
    }

    @Test
    void doesNotSurchargeACompletedHour() {
        var end = START.plusSeconds(3600);
        var changed = opening("7.30").chargedTo(end).changedTo(end, usd("14.60"));

        assertThat(changed.surcharge()).isEqualTo(usd("0"));
        assertThat(changed.chargedTo(end.plusSeconds(1)).amount()).isEqualTo(usd("0.02"));
    }

    @Test
    void startsTheNextHourAtItsOwnRate() {
        var second = START.plusSeconds(3601);
        var down = opening("14.60").chargedTo(START.plusSeconds(1)).changedTo(START.plusSeconds(1), usd("7.30"));

        assertThat(down.chargedTo(second).changedTo(second, usd("14.60")).surcharge())
                .isEqualTo(usd("0.01"));
    }

    @Test
    void countsEarlierPeriodsOfTheMonthTowardsItsCap() {
        var twice = opening("7.30")
                .chargedTo(START.plusSeconds(3600))
                .changedTo(START.plusSeconds(1800), usd("14.60"))
                .chargedTo(START.plusSeconds(2 * 3600))
                .changedTo(START.plusSeconds(5400), usd("14.60"));
        assertThat(twice.cap()).isEqualTo(usd("14.56"));
    }

    @Test
    void continuesAcrossMonthsInTheZoneOfTheTenant() {
        var zone = ZoneId.of("Europe/Berlin");
        var march = Period.opening(Instant.parse("2026-03-31T20:30:00Z"), BERLIN_APRIL, usd("14.60"));

        var may = march.chargedOver(Instant.parse("2026-04-30T23:00:00Z"), usd("7.30"), zone);

        assertThat(may.startsAt()).isEqualTo(Instant.parse("2026-04-30T22:30:00Z"));
        assertThat(may.monthEndsAt()).isEqualTo(Instant.parse("2026-05-31T22:00:00Z"));
        assertThat(may.hours()).isEqualTo(1);
        assertThat(may.amount()).isEqualTo(usd("0.01"));
        assertThat(may.cap()).isEqualTo(usd("7.30"));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31T22:00:00Z, 2", "2026-03-31T22:30:00Z, 2", "2026-03-31T21:30:00Z, 1"})
    void staysWithinTheChargedMonthAsLongAsNeeded(Instant until, int hours) {
        var march = Period.opening(Instant.parse("2026-03-31T20:30:00Z"), BERLIN_APRIL, usd("14.60"));

        var charged = march.chargedOver(until, usd("7.30"), ZoneId.of("Europe/Berlin"));

        assertThat(charged).isEqualTo(march.chargedTo(until));
        assertThat(charged.hours()).isEqualTo(hours);
    }

    private static Period opening(String monthly) {
        return Period.opening(START, MONTH_END, usd(monthly));
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
