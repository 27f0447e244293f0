package io.tenantry.dunning;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.UUID;
import java.util.stream.Collectors;
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
    private static final UUID USUAL_PLAN = new UUID(0, 1);
    private static final UUID PATIENT_PLAN = new UUID(0, 2);
    private static final UUID SPARED_PLAN = new UUID(0, 3);
    private static final Standing WEB = runs("web", USUAL_PLAN);
    private static final Standing DATA = runs("data", PATIENT_PLAN);
    private static final Standing MAIL = runs("mail", SPARED_PLAN);
    private static final List<PlanRule> RULES = List.of(
            new PlanRule(PATIENT_PLAN, Optional.of(4), Optional.of(30), Optional.empty()),
            new PlanRule(SPARED_PLAN, Optional.empty(), Optional.of(0), Optional.empty()));
    private static final Ladder RULED = new Ladder(WHOLE.rungs(), true, RULES);

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
    @CsvSource({"'', ''", "72, ''", "1 72 8760, ''", "1 2 3 4, RUNWAY", "72 72, RUNWAY", "0, RUNWAY", "8761, RUNWAY"})
    void knowsWhatIsWrongWithRemindersBeforeTheMoneyRunsOut(String hours, String faults) {
        assertThat(new Ladder(USUAL.rungs(), true, List.of(), hours(hours)).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @Test
    void aReminderBeforeTheMoneyRunsOutIsNoStepOfItsOwn() {
        var rungs = new ArrayList<>(List.of(new Rung(Act.RUNWAY, 1, 0)));
        rungs.addAll(USUAL.rungs());
        assertThat(new Ladder(rungs, true).faults()).containsExactly(Fault.ORDER);
    }

    @ParameterizedTest
    @CsvSource({
        "0.72, 1, '', '', ''",
        "0.71, 1, '', '72', 72",
        "0.71, 1, '72', '', ''",
        "0.11, 1, '72', '12', 12",
        "0.11, 1, '', '72 12', 12",
        "0.11, 1, '6', '72 12', ''",
        "0.11, 1, '12', '72', ''",
        "0.00, 1, '', '72 12', ''",
        "-5, 1, '72', '12', ''",
        "0.01, 0, '', '', ''"
    })
    void remindsOfTheTightestThatIsNew(String balance, String cents, String told, String passed, String reminder) {
        var debt = wallet(balance, cents, told);
        var ladder = new Ladder(USUAL.rungs(), true, List.of(), List.of(12, 72));
        assertThat(ladder.passed(debt)).isEqualTo(hours(passed));
        assertThat(ladder.reminder(debt).map(Object::toString).orElse("")).isEqualTo(reminder);
    }

    @ParameterizedTest
    @CsvSource({
        "1.00, 1, '', '72 29, 12 89'",
        "0.72, 1, '', '72 1, 12 61'",
        "0.715, 1, '', '72 0, 12 60'",
        "0.715, 1, '72', '12 60'",
        "0.05, 1, '', '12 0'",
        "0.05, 1, '6', ''",
        "0.00, 1, '', ''",
        "100, 0, '', ''",
        "900, 1, '', ''"
    })
    void foreseesReminders(String balance, String cents, String told, String ahead) {
        var ladder = new Ladder(USUAL.rungs(), true, List.of(), List.of(12, 72));
        assertThat(ladder.remindersAhead(wallet(balance, cents, told), BEGUN, at(30)).stream()
                        .map(one -> one.rung().nth() + " "
                                + Duration.between(BEGUN, one.at()).toHours())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(ahead);
    }

    private static Debt wallet(String balance, String cents, String told) {
        return new Debt(
                new UUID(1, 1),
                new UUID(1, 2),
                "Kiosk",
                new Money(new BigDecimal(balance), EURO),
                new Money(BigDecimal.ZERO, EURO),
                new Money(new BigDecimal(cents).movePointLeft(2), EURO),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                hours(told));
    }

    private static List<Integer> hours(String text) {
        return Arrays.stream(text.split(" "))
                .filter(one -> !one.isEmpty())
                .map(Integer::valueOf)
                .toList();
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
        assertThat(USUAL.next(course(), BEGUN)).contains(next(Act.REMIND, 1, 1, at(1)));
    }

    @Test
    void countsAllOthersFromWhenTheLetterWentOut() {
        var course = course(taken(Act.REMIND, 1, 9, 11));
        assertThat(USUAL.next(course, BEGUN)).contains(next(Act.REMIND, 2, 3, at(14)));
    }

    @Test
    void waitsForLettersThatHaveNotGoneOut() {
        var course = course(taken(Act.REMIND, 1, 1, 1), unheard(Act.REMIND, 2, 4));
        assertThat(USUAL.next(course, BEGUN).orElseThrow().at()).isEmpty();
        assertThat(USUAL.next(course, BEGUN).orElseThrow().isDue(at(300))).isFalse();
    }

    @Test
    void isAtItsEndWhenAllIsDone() {
        var course = course(
                taken(Act.REMIND, 1, 1, 1),
                taken(Act.REMIND, 2, 4, 4),
                taken(Act.FINAL_NOTICE, 1, 7, 7),
                taken(Act.SUSPEND, 1, 10, 10));
        assertThat(USUAL.next(course, BEGUN)).isEmpty();
        assertThat(WHOLE.next(course, BEGUN)).contains(next(Act.TERMINATE, 1, 14, at(24)));
    }

    @Test
    void waitsForTheEndOfAPause() {
        var paused = new Course(BEGUN, List.of(), Optional.of(at(20)), List.of(WEB));
        assertThat(USUAL.next(paused, BEGUN).orElseThrow().at()).contains(at(20));
        var over = new Course(BEGUN, List.of(), Optional.of(BEGUN.minusSeconds(1)), List.of(WEB));
        assertThat(USUAL.next(over, BEGUN).orElseThrow().at()).contains(at(1));
    }

    @Test
    void remindsNobodyOnceTheFinalNoticeIsGiven() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.FINAL_NOTICE, 1, 4, 4));
        assertThat(ladder("R1 R1 R1 F1 S5").next(course, BEGUN)).contains(next(Act.SUSPEND, 1, 5, at(9)));
    }

    @Test
    void givesTheFinalNoticeAlsoToThoseWhoWereSuspendedWithoutIt() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4));
        assertThat(WHOLE.next(course, BEGUN)).contains(next(Act.FINAL_NOTICE, 1, 3, at(7)));
        var warned = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4), taken(Act.FINAL_NOTICE, 1, 7, 8));
        assertThat(WHOLE.next(warned, BEGUN)).contains(next(Act.TERMINATE, 1, 14, at(22)));
    }

    @Test
    void suspendsNobodyUnwarnedWhateverItSays() {
        assertThat(ladder("S1").next(course(), BEGUN).orElseThrow().at()).isEmpty();
        var unheard = course(unheard(Act.REMIND, 1, 1), taken(Act.REMIND, 2, 4, 4));
        var noticed = unheard.with(new Next(new Rung(Act.FINAL_NOTICE, 1, 3), 1, List.of(), Optional.of(at(7))), at(7));
        assertThat(USUAL.next(noticed, BEGUN).orElseThrow().at()).isEmpty();
        var suspended = course(taken(Act.REMIND, 1, 1, 1), taken(Act.SUSPEND, 1, 4, 4));
        assertThat(ladder("R1 S3 T14").next(suspended, BEGUN).orElseThrow().at())
                .isEmpty();
    }

    @Test
    void endsNothingThatWasNotSuspended() {
        var course = course(taken(Act.REMIND, 1, 1, 1), taken(Act.FINAL_NOTICE, 1, 4, 4));
        assertThat(ladder("R1 F3 T30").next(course, BEGUN)).isEmpty();
    }

    @Test
    void foreseesWhatComesIfNoMoneyDoes() {
        var ahead = WHOLE.ahead(course(), BEGUN, at(30));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(1), at(4), at(7), at(10), at(24));
        assertThat(WHOLE.ahead(course(), BEGUN, at(9))).hasSize(3);
    }

    @Test
    void foreseesThatWhatWasMissedKeepsItsDays() {
        var ahead = USUAL.ahead(course(), at(100), at(130));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(100), at(103), at(106), at(109));
    }

    @Test
    void foreseesFromNowWhileLettersWait() {
        var ahead = USUAL.ahead(course(unheard(Act.REMIND, 1, 1)), at(5), at(35));
        assertThat(ahead).extracting(Foreseen::at).containsExactly(at(8), at(11), at(14));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0, , ''",
        "0, 30, , ''",
        "0, 0, true, ''",
        "0, , , ''",
        ", 0, , ''",
        "366, 0, , PLAN_DAYS",
        "0, -1, , PLAN_DAYS",
        "0, 0, , PLAN_SAYS_NOTHING",
        ", 5, , PLAN_NEVER_OFF",
        ", , , PLAN_NEVER_OFF",
        ", 0, false, PLAN_NEVER_OFF"
    })
    void knowsWhatIsWrongWithARuleForAPlan(
            @Nullable Integer suspend, @Nullable Integer terminate, @Nullable Boolean charging, String faults) {
        var rule = new PlanRule(
                PATIENT_PLAN,
                Optional.ofNullable(suspend),
                Optional.ofNullable(terminate),
                Optional.ofNullable(charging));
        assertThat(new Ladder(USUAL.rungs(), true, List.of(rule)).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @Test
    void hasOneRuleAPlan() {
        assertThat(new Ladder(USUAL.rungs(), true, List.of(RULES.get(0), RULES.get(0))).faults())
                .containsExactly(Fault.PLAN_TWICE);
    }

    @Test
    void takesServicesOfPlansWithMoreDaysInATurnOfTheirOwn() {
        assertThat(told(RULED.ahead(course(List.of(WEB, DATA, MAIL)), BEGUN, at(365))))
                .containsExactly(
                        "1 REMIND1",
                        "4 REMIND1",
                        "7 FINAL_NOTICE1",
                        "10 SUSPEND1 web",
                        "14 SUSPEND2 data",
                        "24 TERMINATE1 web",
                        "58 TERMINATE2 data");
        assertThat(RULED.kept(List.of(WEB, DATA, MAIL))).containsExactly(MAIL);
        assertThat(new Ladder(ladder("R1").rungs(), true, RULES).kept(List.of(WEB, MAIL)))
                .as("it switches nothing off")
                .isEmpty();
    }

    @Test
    void switchesNothingOffForWhoHasNothingElse() {
        assertThat(told(RULED.ahead(course(List.of(MAIL)), BEGUN, at(365))))
                .containsExactly("1 REMIND1", "4 REMIND1", "7 FINAL_NOTICE1");
        assertThat(told(RULED.ahead(course(List.of(DATA)), BEGUN, at(365))))
                .endsWith("14 SUSPEND1 data", "58 TERMINATE1 data");
    }

    @Test
    void givesWhoFollowsTheDaysThatTheLetterOfTheTurnBeforeSaid() {
        var heard = course(List.of(WEB.off(1), DATA), warned(taken(Act.SUSPEND, 1, 10, 13)));
        assertThat(RULED.next(heard, at(13)).orElseThrow().at()).contains(at(17));
        var unheard = course(List.of(WEB.off(1), DATA), warned(unheard(Act.SUSPEND, 1, 10)));
        assertThat(RULED.next(unheard, at(300)).orElseThrow().at()).isEmpty();
    }

    @Test
    void takesInOneTurnWhoseDaysWentByWhileItSlept() {
        var next = RULED.next(course(List.of(WEB, DATA), warned()), at(15)).orElseThrow();
        assertThat(next.services()).containsExactly(WEB, DATA);
        assertThat(next.at()).contains(at(10));
        assertThat(RULED.next(course(List.of(WEB, DATA), warned()), at(11))
                        .orElseThrow()
                        .services())
                .containsExactly(WEB);
    }

    @Test
    void countsTheDaysUntilTheEndFromEachServicesOwnLetter() {
        var course = course(
                List.of(WEB.off(1), DATA.off(2)), warned(taken(Act.SUSPEND, 1, 10, 11), turn(Act.SUSPEND, 2, 15, 20)));
        assertThat(told(RULED.ahead(course, at(20), at(365))))
                .containsExactly("25 TERMINATE1 web", "64 TERMINATE2 data");
    }

    @Test
    void givesWhatCameUpInBetweenAllItsDays() {
        var late = new Standing(WEB.serviceId(), "late", USUAL_PLAN, at(9), Optional.empty());
        assertThat(told(RULED.ahead(course(List.of(DATA, late), warned()), at(9), at(15))))
                .containsExactly("12 SUSPEND1 late", "14 SUSPEND2 data");
    }

    @Test
    void goesOnByAnotherLadderWithoutTakingATurnTwice() {
        var course = course(List.of(WEB.off(1), DATA), warned(taken(Act.SUSPEND, 1, 10, 10)));
        assertThat(told(WHOLE.ahead(course, at(11), at(20))))
                .as("the rule is gone")
                .containsExactly("11 SUSPEND2 data");
        var slower = new Ladder(ladder("R1 R3 F3 S9 T14").rungs(), true, RULES);
        assertThat(told(slower.ahead(course, at(11), at(23))))
                .as("the days of the new one")
                .containsExactly("20 SUSPEND2 data");
        var never = new Ladder(
                WHOLE.rungs(),
                true,
                List.of(new PlanRule(PATIENT_PLAN, Optional.empty(), Optional.of(0), Optional.empty())));
        assertThat(told(never.ahead(course, at(11), at(365)))).containsExactly("24 TERMINATE1 web");
    }

    @Test
    void costsOnlyWithTheFirstTurn() {
        var fee = new LateFee(Optional.empty(), Money.of("5", "EUR"));
        var costly = new Ladder(
                WHOLE.rungs().stream()
                        .map(rung -> rung.act() == Act.SUSPEND ? rung.withFee(fee) : rung)
                        .toList(),
                true,
                RULES);
        assertThat(costly.ahead(course(List.of(WEB, DATA), warned()), at(8), at(20)))
                .extracting(one -> one.rung().fee().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void chargesWhatIsOffAsItsPlanSays() {
        var free = new Ladder(
                USUAL.rungs(),
                true,
                List.of(new PlanRule(PATIENT_PLAN, Optional.of(0), Optional.of(0), Optional.of(false))));
        assertThat(free.isCharging(PATIENT_PLAN)).isFalse();
        assertThat(free.isCharging(USUAL_PLAN)).isTrue();
    }

    @Test
    void aLetterSaysWhichServicesItIsAboutAndWhichFollowWhen() {
        var reminder = Schedule.of(RULED, course(List.of(WEB, DATA, MAIL)), next(Act.REMIND, 1, 1, at(1)), at(1));
        assertThat(reminder.time()).isEqualTo(Duration.ofDays(9));
        assertThat(reminder.facts())
                .containsEntry("hours", "216")
                .containsEntry("turns", "216\tweb\n312\tdata")
                .containsEntry("kept", "mail")
                .containsEntry("names", "");

        var course = course(List.of(WEB, DATA, MAIL), warned());
        var first = Schedule.of(RULED, course, RULED.next(course, at(10)).orElseThrow(), at(10));
        assertThat(first.facts())
                .containsEntry("names", "web")
                .containsEntry("hours", "336")
                .containsEntry("turns", "")
                .containsEntry("follow", "96\tdata")
                .containsEntry("kept", "mail");

        var both = Schedule.of(RULED, course, RULED.next(course, at(15)).orElseThrow(), at(15));
        assertThat(both.facts())
                .containsEntry("names", "web\ndata")
                .containsEntry("turns", "336\tweb\n1056\tdata")
                .containsEntry("follow", "");

        var off = course(List.of(WEB.off(1), DATA.off(1)), warned(taken(Act.SUSPEND, 1, 10, 10)));
        var ended = Schedule.of(RULED, off, RULED.next(off, at(24)).orElseThrow(), at(24));
        assertThat(ended.facts()).containsEntry("names", "web").containsEntry("follow", "720\tdata");
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
                        .filter(one -> one != Act.RUNWAY && one.name().charAt(0) == step.charAt(0))
                        .findFirst()
                        .orElseThrow();
                rungs.add(new Rung(act, act == Act.REMIND ? ++reminders : 1, Integer.parseInt(step.substring(1))));
            }
        }
        return new Ladder(rungs, true);
    }

    /** Of somebody with one server of no particular plan, which is off as soon as that was done. */
    private static Course course(Taken... taken) {
        var isOff = Arrays.stream(taken).anyMatch(one -> one.act() == Act.SUSPEND);
        return course(List.of(isOff ? WEB.off(1) : WEB), taken);
    }

    private static Course course(List<Standing> services, Taken... taken) {
        return new Course(BEGUN, List.of(taken), Optional.empty(), services);
    }

    private static Standing runs(String name, UUID plan) {
        return new Standing(
                UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), name, plan, BEGUN.minusSeconds(1), Optional.empty());
    }

    /** Each step or turn on a line: its day, its act, and who is concerned. */
    private static List<String> told(List<Foreseen> ahead) {
        return ahead.stream()
                .map(one -> Duration.between(BEGUN, one.at()).toDays() + " "
                        + one.rung().act() + one.turn() + " "
                        + one.services().stream().map(Standing::name).collect(Collectors.joining(" ")))
                .map(String::strip)
                .toList();
    }

    private static Taken taken(Act act, int nth, int day, int reachedDay) {
        return new Taken(act, nth, at(day), Optional.of(at(reachedDay)));
    }

    private static Taken turn(Act act, int turn, int day, int reachedDay) {
        return new Taken(act, 1, turn, at(day), Optional.of(at(reachedDay)));
    }

    /** As {@link #RULED} goes up to the final notice on the seventh day, and then. */
    private static Taken[] warned(Taken... then) {
        var all = new ArrayList<>(
                List.of(taken(Act.REMIND, 1, 1, 1), taken(Act.REMIND, 2, 4, 4), taken(Act.FINAL_NOTICE, 1, 7, 7)));
        all.addAll(List.of(then));
        return all.toArray(Taken[]::new);
    }

    private static Taken unheard(Act act, int nth, int day) {
        return new Taken(act, nth, at(day), Optional.empty());
    }

    private static Next next(Act act, int nth, int days, Instant at) {
        var services = switch (act) {
            case RUNWAY, REMIND, FINAL_NOTICE -> List.<Standing>of();
            case SUSPEND -> List.of(WEB);
            case TERMINATE -> List.of(WEB.off(1));
        };
        return new Next(new Rung(act, nth, days), 1, services, Optional.of(at));
    }

    private static Instant at(int day) {
        return BEGUN.plus(Duration.ofDays(day));
    }
}
