package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.dunning.Ladder.Fault;
import io.tenantry.dunning.Ladder.Foreseen;
import io.tenantry.dunning.Ladder.Next;
import io.tenantry.money.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows of a ladder and of how a debt went so far. */
class LadderTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant BEGUN = Instant.parse("2026-11-10T12:00:00Z");
    private static final Ladder USUAL = ladder("R1 R3 F3 S3");
    private static final Ladder WHOLE = ladder("R1 R3 F3 S3 T14");

    @ParameterizedTest
    @CsvSource({
        "R1 R3 F3 S3, ''",
        "R0, ''",
        "F2 S1 T7, ''",
        "R1 S1, ''",
        "R1 R1 R1 R1 R1 R1, ''",
        "'', EMPTY",
        "R366, DAYS",
        "R-1 S3, DAYS",
        "R1 R1 R1 R1 R1 R1 R1, REMINDERS",
        "F1 R1, ORDER",
        "R1 F1 F1, ORDER",
        "R1 S1 F1, ORDER",
        "R1 S1 S1, ORDER",
        "S3, UNWARNED",
        "R1 S0, UNWARNED",
        "R1 S1 T30, ENDS_TOO_SOON",
        "R1 F1 T30, ENDS_TOO_SOON",
        "R1 F1 S1 T6, ENDS_TOO_SOON"
    })
    void knowsWhatIsWrongWithIt(String steps, String faults) {
        assertThat(ladder(steps).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @ParameterizedTest
    @CsvSource({
        "R1 R3, 2, , 5.00, ''",
        "R1 R3, 2, 2.5, 40, ''",
        "R1 R3, 2, 100, 40, ''",
        "R1 R3, 1, , 5.00, FEE_UNWARNED",
        "R1 R3, 2, , 5.001, FEE",
        "R1 R3, 2, , 0, FEE",
        "R1 R3, 2, 0, 40, FEE",
        "R1 R3, 2, 100.1, 40, FEE",
        "R1 R3, 2, 0.00001, 40, FEE"
    })
    void knowsWhatIsWrongWithAFee(
            String steps, int costly, @Nullable BigDecimal percent, BigDecimal most, String faults) {
        var fee = new LateFee(Optional.ofNullable(percent), new Money(most, EURO));
        var rungs = ladder(steps).rungs().stream()
                .map(rung -> rung.nth() == costly ? rung.withFee(fee) : rung)
                .toList();
        assertThat(new Ladder(rungs, true).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @ParameterizedTest
    @CsvSource({
        ", 5, 0.01, 5",
        "2, 40, 100, 2.00",
        "2.5, 40, 0.2, 0.01",
        "2.5, 40, 0.19, 0.00",
        "2, 40, 5000, 40",
        "2, 40, -3, 0"
    })
    void aPercentageIsRoundedToTheCentAndHasAnEnd(
            @Nullable BigDecimal percent, BigDecimal most, BigDecimal debt, BigDecimal is) {
        assertThat(new LateFee(Optional.ofNullable(percent), new Money(most, EURO)).of(new Money(debt, EURO)))
                .isEqualTo(new Money(is, EURO));
    }

    @Test
    void countsTheFirstDaysFromTheBeginningOfTheDebt() {
        assertThat(USUAL.next(Course.begun(BEGUN))).contains(next(Act.REMIND, 1, 1, at(1)));
    }

    @Test
    void countsAllOthersFromWhenTheLetterWentOut() {
        var course = course(taken(Act.REMIND, 1, 9, 11));
        assertThat(USUAL.next(course)).contains(next(Act.REMIND, 2, 3, at(14)));
    }

    @Test
    void waitsForLettersThatHaveNotGoneOut() {
        var course = course(taken(Act.REMIND, 1, 1, 1), unheard(Act.REMIND, 2, 4));
        assertThat(USUAL.next(course).orElseThrow().at()).isEmpty();
        assertThat(USUAL.next(course).orElseThrow().isDue(at(300))).isFalse();
    }

    @Test
    void isAtItsEndWhenAllIsDone() {
        var course = course(
                taken(Act.REMIND, 1, 1, 1),
                taken(Act.REMIND, 2, 4, 4),
                taken(Act.FINAL_NOTICE, 1, 7, 7),
                taken(Act.SUSPEND, 1, 10, 10));
        assertThat(USUAL.next(course)).isEmpty();
        assertThat(WHOLE.next(course)).contains(next(Act.TERMINATE, 1, 14, at(24)));
    }

    @Test
    void waitsForTheEndOfAPause() {
        var paused = new Course(BEGUN, List.of(), Optional.of(at(20)));
        assertThat(USUAL.next(paused).orElseThrow().at()).contains(at(20));
        var over = new Course(BEGUN, List.of(), Optional.of(BEGUN.minusSeconds(1)));
        assertThat(USUAL.next(over).orElseThrow().at()).contains(at(1));
    }

    @Test
    void remindsNobodyOnceTheFinalNoticeIsGiven() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.FINAL_NOTICE, 1, 4, 4));
        assertThat(ladder("R1 R1 R1 F1 S5").next(course)).contains(next(Act.SUSPEND, 1, 5, at(9)));
    }

    @Test
    void givesTheFinalNoticeAlsoToThoseWhoWereSuspendedWithoutIt() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4));
        assertThat(WHOLE.next(course)).contains(next(Act.FINAL_NOTICE, 1, 3, at(7)));
        var warned = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4), taken(Act.FINAL_NOTICE, 1, 7, 8));
        assertThat(WHOLE.next(warned)).contains(next(Act.TERMINATE, 1, 14, at(22)));
    }

    @Test
    void suspendsNobodyUnwarnedWhateverItSays() {
        assertThat(ladder("S1").next(Course.begun(BEGUN)).orElseThrow().at()).isEmpty();
        var unheard = course(unheard(Act.REMIND, 1, 1), taken(Act.REMIND, 2, 4, 4));
        assertThat(USUAL.next(unheard.with(new Rung(Act.FINAL_NOTICE, 1, 3), at(7)))
                        .orElseThrow()
                        .at())
                .isEmpty();
        var suspended = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4));
        assertThat(ladder("R1 S3 T14").next(suspended).orElseThrow().at()).isEmpty();
    }

    @Test
    void endsNothingThatWasNotSuspended() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.FINAL_NOTICE, 1, 4, 4));
        assertThat(ladder("R1 F3 T30").next(course)).isEmpty();
    }

    @Test
    void foreseesWhatComesIfNoMoneyDoes() {
        var ahead = WHOLE.ahead(Course.begun(BEGUN), BEGUN, at(30));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(1), at(4), at(7), at(10), at(24));
        assertThat(WHOLE.ahead(Course.begun(BEGUN), BEGUN, at(9))).hasSize(3);
    }

    @Test
    void foreseesThatWhatWasMissedKeepsItsDays() {
        var ahead = USUAL.ahead(Course.begun(BEGUN), at(100), at(130));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(100), at(103), at(106), at(109));
    }

    @Test
    void foreseesFromNowWhileLettersWait() {
        var ahead = USUAL.ahead(course(unheard(Act.REMIND, 1, 1)), at(5), at(35));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(8), at(11), at(14));
    }

    @Test
    void knowsItsDays() {
        assertThat(WHOLE.daysUntil(Act.SUSPEND)).contains(10);
        assertThat(WHOLE.daysUntil(Act.TERMINATE)).contains(24);
        assertThat(USUAL.daysUntil(Act.TERMINATE)).isEmpty();
    }

    /** R reminds, F gives final notice, S suspends, T terminates; each after so many days. */
    static Ladder ladder(String steps) {
        var rungs = new ArrayList<Rung>();
        var reminders = 0;
        for (var step : steps.split(" ", -1)) {
            if (!step.isEmpty()) {
                var act = Arrays.stream(Act.values())
                        .filter(one -> one.name().charAt(0) == step.charAt(0))
                        .findFirst()
                        .orElseThrow();
                rungs.add(new Rung(act, act == Act.REMIND ? ++reminders : 1, Integer.parseInt(step.substring(1))));
            }
        }
        return new Ladder(rungs, true);
    }

    private static Course course(Taken... taken) {
        return new Course(BEGUN, List.of(taken), Optional.empty());
    }

    private static Taken taken(Act act, int nth, int day, int reachedDay) {
        return new Taken(act, nth, at(day), Optional.of(at(reachedDay)));
    }

    private static Taken unheard(Act act, int nth, int day) {
        return new Taken(act, nth, at(day), Optional.empty());
    }

    private static Next next(Act act, int nth, int days, Instant at) {
        return new Next(new Rung(act, nth, days), Optional.of(at));
    }

    private static Instant at(int day) {
        return BEGUN.plus(Duration.ofDays(day));
    }
}
