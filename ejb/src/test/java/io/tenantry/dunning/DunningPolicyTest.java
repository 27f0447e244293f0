package io.tenantry.dunning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.dunning.DunningPolicy.Fault;
import io.tenantry.dunning.DunningPolicy.ForecastStep;
import io.tenantry.dunning.DunningPolicy.Next;
import io.tenantry.kernel.money.Money;
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

/** The consequences of a dunning policy and of a debt's history so far. */
class DunningPolicyTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final Instant START = Instant.parse("2026-11-10T12:00:00Z");
    private static final DunningPolicy USUAL = policy("R1 R3 F3 S3");
    private static final DunningPolicy WHOLE = policy("R1 R3 F3 S3 T14");
    private static final UUID USUAL_PLAN = new UUID(0, 1);
    private static final UUID PATIENT_PLAN = new UUID(0, 2);
    private static final UUID SPARED_PLAN = new UUID(0, 3);
    private static final DunningStatus WEB = runs("web", USUAL_PLAN);
    private static final DunningStatus DATA = runs("data", PATIENT_PLAN);
    private static final DunningStatus MAIL = runs("mail", SPARED_PLAN);
    private static final List<PlanDunningRule> RULES = List.of(
            new PlanDunningRule(PATIENT_PLAN, Optional.of(4), Optional.of(30), Optional.empty()),
            new PlanDunningRule(SPARED_PLAN, Optional.empty(), Optional.of(0), Optional.empty()));
    private static final DunningPolicy RULED = new DunningPolicy(WHOLE.steps(), true, RULES);

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
        "S3, NO_WARNING",
        "R1 S0, NO_WARNING",
        "R1 S1 T30, TERMINATES_TOO_EARLY",
        "R1 F1 T30, TERMINATES_TOO_EARLY",
        "R1 F1 S1 T6, TERMINATES_TOO_EARLY"
    })
    void validatesSteps(String steps, String faults) {
        assertThat(policy(steps).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "72, ''", "1 72 8760, ''", "1 2 3 4, RUNWAY", "72 72, RUNWAY", "0, RUNWAY", "8761, RUNWAY"})
    void validatesRunwayReminders(String hours, String faults) {
        assertThat(new DunningPolicy(USUAL.steps(), true, List.of(), hours(hours)).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @Test
    void refusesRunwayRemindersAsSteps() {
        var steps = new ArrayList<>(List.of(new DunningStep(DunningAction.RUNWAY, 1, 0)));
        steps.addAll(USUAL.steps());
        assertThat(new DunningPolicy(steps, true).faults()).containsExactly(Fault.ORDER);
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
    void remindsOnlyOfTheTightestNewThreshold(
            String balance, String cents, String reminded, String passed, String reminder) {
        var dunningCase = wallet(balance, cents, reminded);
        var dunningPolicy = new DunningPolicy(USUAL.steps(), true, List.of(), List.of(12, 72));
        assertThat(dunningPolicy.passed(dunningCase)).isEqualTo(hours(passed));
        assertThat(dunningPolicy.reminder(dunningCase).map(Object::toString).orElse(""))
                .isEqualTo(reminder);
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
    void forecastsReminders(String balance, String cents, String reminded, String ahead) {
        var dunningPolicy = new DunningPolicy(USUAL.steps(), true, List.of(), List.of(12, 72));
        assertThat(dunningPolicy.remindersAhead(wallet(balance, cents, reminded), START, at(30)).stream()
                        .map(one -> one.step().nth() + " "
                                + Duration.between(START, one.at()).toHours())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(ahead);
    }

    private static DunningCase wallet(String balance, String cents, String reminded) {
        return new DunningCase(
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
                hours(reminded));
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
        "R1 R3, 1, , 5.00, FEE_WITHOUT_WARNING",
        "R1 R3, 2, , 5.001, FEE",
        "R1 R3, 2, , 0, FEE",
        "R1 R3, 2, , 1000000, ''",
        "R1 R3, 2, , 1000000.01, FEE",
        "R1 R3, 2, 0, 40, FEE",
        "R1 R3, 2, 100.1, 40, FEE",
        "R1 R3, 2, 0.00001, 40, FEE"
    })
    void validatesLateFees(String steps, int costly, @Nullable BigDecimal percent, BigDecimal most, String faults) {
        var fee = new LateFee(Optional.ofNullable(percent), new Money(most, EURO));
        var dunningSteps = policy(steps).steps().stream()
                .map(dunningStep -> dunningStep.nth() == costly ? dunningStep.withFee(fee) : dunningStep)
                .toList();
        assertThat(new DunningPolicy(dunningSteps, true).faults())
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
    void roundsPercentageFeesAndCapsThem(
            @Nullable BigDecimal percent, BigDecimal most, BigDecimal debt, BigDecimal is) {
        assertThat(new LateFee(Optional.ofNullable(percent), new Money(most, EURO)).of(new Money(debt, EURO)))
                .isEqualTo(new Money(is, EURO));
    }

    @Test
    void countsTheFirstStepFromTheStartOfTheDebt() {
        assertThat(USUAL.next(timeline(), START)).contains(next(DunningAction.REMIND, 1, 1, at(1)));
    }

    @Test
    void countsLaterStepsFromTheDeliveryOfTheLastMail() {
        var dunningTimeline = timeline(taken(DunningAction.REMIND, 1, 9, 11));
        assertThat(USUAL.next(dunningTimeline, START)).contains(next(DunningAction.REMIND, 2, 3, at(14)));
    }

    @Test
    void waitsForUndeliveredMails() {
        var dunningTimeline = timeline(taken(DunningAction.REMIND, 1, 1, 1), unsent(DunningAction.REMIND, 2, 4));
        assertThat(USUAL.next(dunningTimeline, START).orElseThrow().at()).isEmpty();
        assertThat(USUAL.next(dunningTimeline, START).orElseThrow().isDue(at(300)))
                .isFalse();
    }

    @Test
    void hasNoNextStepWhenAllAreTaken() {
        var dunningTimeline = timeline(
                taken(DunningAction.REMIND, 1, 1, 1),
                taken(DunningAction.REMIND, 2, 4, 4),
                taken(DunningAction.FINAL_NOTICE, 1, 7, 7),
                taken(DunningAction.SUSPEND, 1, 10, 10));
        assertThat(USUAL.next(dunningTimeline, START)).isEmpty();
        assertThat(WHOLE.next(dunningTimeline, START)).contains(next(DunningAction.TERMINATE, 1, 14, at(24)));
    }

    @Test
    void waitsForTheEndOfAPause() {
        var paused = new DunningTimeline(START, List.of(), Optional.of(at(20)), List.of(WEB));
        assertThat(USUAL.next(paused, START).orElseThrow().at()).contains(at(20));
        var over = new DunningTimeline(START, List.of(), Optional.of(START.minusSeconds(1)), List.of(WEB));
        assertThat(USUAL.next(over, START).orElseThrow().at()).contains(at(1));
    }

    @Test
    void sendsNoRemindersAfterTheFinalNotice() {
        var dunningTimeline =
                timeline(taken(DunningAction.REMIND, 1, 1, 1), taken(DunningAction.FINAL_NOTICE, 1, 4, 4));
        assertThat(policy("R1 R1 R1 F1 S5").next(dunningTimeline, START))
                .contains(next(DunningAction.SUSPEND, 1, 5, at(9)));
    }

    @Test
    void sendsTheFinalNoticeEvenAfterASuspensionWithoutIt() {
        var dunningTimeline = timeline(taken(DunningAction.REMIND, 1, 1, 1), taken(DunningAction.SUSPEND, 1, 4, 4));
        assertThat(WHOLE.next(dunningTimeline, START)).contains(next(DunningAction.FINAL_NOTICE, 1, 3, at(7)));
        var warned = timeline(
                taken(DunningAction.REMIND, 1, 1, 1),
                taken(DunningAction.SUSPEND, 1, 4, 4),
                taken(DunningAction.FINAL_NOTICE, 1, 7, 8));
        assertThat(WHOLE.next(warned, START)).contains(next(DunningAction.TERMINATE, 1, 14, at(22)));
    }

    @Test
    void suspendsNobodyWithoutAWarning() {
        assertThat(policy("S1").next(timeline(), START).orElseThrow().at()).isEmpty();
        var unheard = timeline(unsent(DunningAction.REMIND, 1, 1), taken(DunningAction.REMIND, 2, 4, 4));
        var noticed = unheard.with(
                new Next(new DunningStep(DunningAction.FINAL_NOTICE, 1, 3), 1, List.of(), Optional.of(at(7))), at(7));
        assertThat(USUAL.next(noticed, START).orElseThrow().at()).isEmpty();
        var suspended = timeline(taken(DunningAction.REMIND, 1, 1, 1), taken(DunningAction.SUSPEND, 1, 4, 4));
        assertThat(policy("R1 S3 T14").next(suspended, START).orElseThrow().at())
                .isEmpty();
    }

    @Test
    void terminatesNothingThatWasNotSuspended() {
        var dunningTimeline =
                timeline(taken(DunningAction.REMIND, 1, 1, 1), taken(DunningAction.FINAL_NOTICE, 1, 4, 4));
        assertThat(policy("R1 F3 T30").next(dunningTimeline, START)).isEmpty();
    }

    @Test
    void forecastsStepsWithoutPayment() {
        var ahead = WHOLE.ahead(timeline(), START, at(30));
        assertThat(ahead).extracting(ForecastStep::at).containsExactly(at(1), at(4), at(7), at(10), at(24));
        assertThat(WHOLE.ahead(timeline(), START, at(9))).hasSize(3);
    }

    @Test
    void forecastsFullPeriodsForMissedSteps() {
        var ahead = USUAL.ahead(timeline(), at(100), at(130));
        assertThat(ahead).extracting(ForecastStep::at).containsExactly(at(100), at(103), at(106), at(109));
    }

    @Test
    void forecastsFromNowWhileMailsWait() {
        var ahead = USUAL.ahead(timeline(unsent(DunningAction.REMIND, 1, 1)), at(5), at(35));
        assertThat(ahead).extracting(ForecastStep::at).containsExactly(at(8), at(11), at(14));
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
        "0, 0, , PLAN_RULE_EMPTY",
        ", 5, , PLAN_NEVER_SUSPENDED",
        ", , , PLAN_NEVER_SUSPENDED",
        ", 0, false, PLAN_NEVER_SUSPENDED"
    })
    void validatesPlanRules(
            @Nullable Integer suspend, @Nullable Integer terminate, @Nullable Boolean charging, String faults) {
        var rule = new PlanDunningRule(
                PATIENT_PLAN,
                Optional.ofNullable(suspend),
                Optional.ofNullable(terminate),
                Optional.ofNullable(charging));
        assertThat(new DunningPolicy(USUAL.steps(), true, List.of(rule)).faults())
                .containsExactlyInAnyOrderElementsOf(faults.isEmpty() ? List.of() : List.of(Fault.valueOf(faults)));
    }

    @Test
    void refusesTwoRulesForAPlan() {
        assertThat(new DunningPolicy(USUAL.steps(), true, List.of(RULES.get(0), RULES.get(0))).faults())
                .containsExactly(Fault.PLAN_DUPLICATE);
    }

    @Test
    void suspendsServicesOfPatientPlansInALaterTurn() {
        assertThat(describe(RULED.ahead(timeline(List.of(WEB, DATA, MAIL)), START, at(365))))
                .containsExactly(
                        "1 REMIND1",
                        "4 REMIND1",
                        "7 FINAL_NOTICE1",
                        "10 SUSPEND1 web",
                        "14 SUSPEND2 data",
                        "24 TERMINATE1 web",
                        "58 TERMINATE2 data");
        assertThat(RULED.kept(List.of(WEB, DATA, MAIL))).containsExactly(MAIL);
        assertThat(new DunningPolicy(policy("R1").steps(), true, RULES).kept(List.of(WEB, MAIL)))
                .as("a policy without suspension")
                .isEmpty();
    }

    @Test
    void suspendsNothingOfExemptPlans() {
        assertThat(describe(RULED.ahead(timeline(List.of(MAIL)), START, at(365))))
                .containsExactly("1 REMIND1", "4 REMIND1", "7 FINAL_NOTICE1");
        assertThat(describe(RULED.ahead(timeline(List.of(DATA)), START, at(365))))
                .endsWith("14 SUSPEND1 data", "58 TERMINATE1 data");
    }

    @Test
    void countsALaterTurnFromTheMailOfTheTurnBefore() {
        var heard = timeline(List.of(WEB.off(1), DATA), afterFinalNotice(taken(DunningAction.SUSPEND, 1, 10, 13)));
        assertThat(RULED.next(heard, at(13)).orElseThrow().at()).contains(at(17));
        var unheard = timeline(List.of(WEB.off(1), DATA), afterFinalNotice(unsent(DunningAction.SUSPEND, 1, 10)));
        assertThat(RULED.next(unheard, at(300)).orElseThrow().at()).isEmpty();
    }

    @Test
    void combinesTurnsThatBecameDueDuringDowntime() {
        var next = RULED.next(timeline(List.of(WEB, DATA), afterFinalNotice()), at(15))
                .orElseThrow();
        assertThat(next.services()).containsExactly(WEB, DATA);
        assertThat(next.at()).contains(at(10));
        assertThat(RULED.next(timeline(List.of(WEB, DATA), afterFinalNotice()), at(11))
                        .orElseThrow()
                        .services())
                .containsExactly(WEB);
    }

    @Test
    void countsTerminationFromTheSuspensionMailOfEachService() {
        var dunningTimeline = timeline(
                List.of(WEB.off(1), DATA.off(2)),
                afterFinalNotice(taken(DunningAction.SUSPEND, 1, 10, 11), turn(DunningAction.SUSPEND, 2, 15, 20)));
        assertThat(describe(RULED.ahead(dunningTimeline, at(20), at(365))))
                .containsExactly("25 TERMINATE1 web", "64 TERMINATE2 data");
    }

    @Test
    void givesServicesStartedMeanwhileTheirFullPeriod() {
        var late = new DunningStatus(WEB.serviceId(), "late", USUAL_PLAN, at(9), Optional.empty());
        assertThat(describe(RULED.ahead(timeline(List.of(DATA, late), afterFinalNotice()), at(9), at(15))))
                .containsExactly("12 SUSPEND1 late", "14 SUSPEND2 data");
    }

    @Test
    void repeatsNoTurnAfterAPolicyChange() {
        var dunningTimeline =
                timeline(List.of(WEB.off(1), DATA), afterFinalNotice(taken(DunningAction.SUSPEND, 1, 10, 10)));
        assertThat(describe(WHOLE.ahead(dunningTimeline, at(11), at(20))))
                .as("without the rule")
                .containsExactly("11 SUSPEND2 data");
        var slower = new DunningPolicy(policy("R1 R3 F3 S9 T14").steps(), true, RULES);
        assertThat(describe(slower.ahead(dunningTimeline, at(11), at(23))))
                .as("with the periods of the new policy")
                .containsExactly("20 SUSPEND2 data");
        var never = new DunningPolicy(
                WHOLE.steps(),
                true,
                List.of(new PlanDunningRule(PATIENT_PLAN, Optional.empty(), Optional.of(0), Optional.empty())));
        assertThat(describe(never.ahead(dunningTimeline, at(11), at(365)))).containsExactly("24 TERMINATE1 web");
    }

    @Test
    void chargesTheFeeOnlyInTheFirstTurn() {
        var fee = new LateFee(Optional.empty(), Money.of("5", "EUR"));
        var costly = new DunningPolicy(
                WHOLE.steps().stream()
                        .map(dunningStep ->
                                dunningStep.act() == DunningAction.SUSPEND ? dunningStep.withFee(fee) : dunningStep)
                        .toList(),
                true,
                RULES);
        assertThat(costly.ahead(timeline(List.of(WEB, DATA), afterFinalNotice()), at(8), at(20)))
                .extracting(one -> one.step().fee().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void chargesSuspendedServicesByTheRuleOfTheirPlan() {
        var free = new DunningPolicy(
                USUAL.steps(),
                true,
                List.of(new PlanDunningRule(PATIENT_PLAN, Optional.of(0), Optional.of(0), Optional.of(false))));
        assertThat(free.isCharging(PATIENT_PLAN)).isFalse();
        assertThat(free.isCharging(USUAL_PLAN)).isTrue();
    }

    @Test
    void mailListsAffectedServicesAndWhichFollowWhen() {
        var reminder = SuspensionSchedule.of(
                RULED, timeline(List.of(WEB, DATA, MAIL)), next(DunningAction.REMIND, 1, 1, at(1)), at(1));
        assertThat(reminder.time()).isEqualTo(Duration.ofDays(9));
        assertThat(reminder.facts())
                .containsEntry("hours", "216")
                .containsEntry("turns", "216\tweb\n312\tdata")
                .containsEntry("kept", "mail")
                .containsEntry("names", "");

        var dunningTimeline = timeline(List.of(WEB, DATA, MAIL), afterFinalNotice());
        var first = SuspensionSchedule.of(
                RULED, dunningTimeline, RULED.next(dunningTimeline, at(10)).orElseThrow(), at(10));
        assertThat(first.facts())
                .containsEntry("names", "web")
                .containsEntry("hours", "336")
                .containsEntry("turns", "")
                .containsEntry("follow", "96\tdata")
                .containsEntry("kept", "mail");

        var both = SuspensionSchedule.of(
                RULED, dunningTimeline, RULED.next(dunningTimeline, at(15)).orElseThrow(), at(15));
        assertThat(both.facts())
                .containsEntry("names", "web\ndata")
                .containsEntry("turns", "336\tweb\n1056\tdata")
                .containsEntry("follow", "");

        var off = timeline(List.of(WEB.off(1), DATA.off(1)), afterFinalNotice(taken(DunningAction.SUSPEND, 1, 10, 10)));
        var ended = SuspensionSchedule.of(RULED, off, RULED.next(off, at(24)).orElseThrow(), at(24));
        assertThat(ended.facts()).containsEntry("names", "web").containsEntry("follow", "720\tdata");
    }

    @Test
    void countsDaysUntilSuspensionAndTermination() {
        assertThat(WHOLE.daysUntil(DunningAction.SUSPEND)).contains(10);
        assertThat(WHOLE.daysUntil(DunningAction.TERMINATE)).contains(24);
        assertThat(USUAL.daysUntil(DunningAction.TERMINATE)).isEmpty();
    }

    /** Creates a policy: R reminds, F gives final notice, S suspends, T terminates; each after a number of days. */
    static DunningPolicy policy(String steps) {
        var dunningSteps = new ArrayList<DunningStep>();
        var reminders = 0;
        for (var step : steps.split(" ", -1)) {
            if (!step.isEmpty()) {
                var dunningAction = Arrays.stream(DunningAction.values())
                        .filter(one -> one != DunningAction.RUNWAY && one.name().charAt(0) == step.charAt(0))
                        .findFirst()
                        .orElseThrow();
                dunningSteps.add(new DunningStep(
                        dunningAction,
                        dunningAction == DunningAction.REMIND ? ++reminders : 1,
                        Integer.parseInt(step.substring(1))));
            }
        }
        return new DunningPolicy(dunningSteps, true);
    }

    /** Returns the timeline of a customer with one server of an arbitrary plan, which is off as soon as it is suspended. */
    private static DunningTimeline timeline(StepTaken... taken) {
        var isOff = Arrays.stream(taken).anyMatch(one -> one.act() == DunningAction.SUSPEND);
        return timeline(List.of(isOff ? WEB.off(1) : WEB), taken);
    }

    private static DunningTimeline timeline(List<DunningStatus> services, StepTaken... taken) {
        return new DunningTimeline(START, List.of(taken), Optional.empty(), services);
    }

    private static DunningStatus runs(String name, UUID plan) {
        return new DunningStatus(
                UUID.nameUUIDFromBytes(name.getBytes(UTF_8)), name, plan, START.minusSeconds(1), Optional.empty());
    }

    /** Returns each step or turn as a line: its day, its action, and the services concerned. */
    private static List<String> describe(List<ForecastStep> ahead) {
        return ahead.stream()
                .map(one -> Duration.between(START, one.at()).toDays() + " "
                        + one.step().act() + one.turn() + " "
                        + one.services().stream().map(DunningStatus::name).collect(Collectors.joining(" ")))
                .map(String::strip)
                .toList();
    }

    private static StepTaken taken(DunningAction dunningAction, int nth, int day, int reachedDay) {
        return new StepTaken(dunningAction, nth, at(day), Optional.of(at(reachedDay)));
    }

    private static StepTaken turn(DunningAction dunningAction, int turn, int day, int reachedDay) {
        return new StepTaken(dunningAction, 1, turn, at(day), Optional.of(at(reachedDay)));
    }

    /** Returns the steps of {@link #RULED} up to the final notice on the seventh day, and the given ones. */
    private static StepTaken[] afterFinalNotice(StepTaken... then) {
        var all = new ArrayList<>(List.of(
                taken(DunningAction.REMIND, 1, 1, 1),
                taken(DunningAction.REMIND, 2, 4, 4),
                taken(DunningAction.FINAL_NOTICE, 1, 7, 7)));
        all.addAll(List.of(then));
        return all.toArray(StepTaken[]::new);
    }

    private static StepTaken unsent(DunningAction dunningAction, int nth, int day) {
        return new StepTaken(dunningAction, nth, at(day), Optional.empty());
    }

    private static Next next(DunningAction dunningAction, int nth, int days, Instant at) {
        var services = switch (dunningAction) {
            case RUNWAY, REMIND, FINAL_NOTICE -> List.<DunningStatus>of();
            case SUSPEND -> List.of(WEB);
            case TERMINATE -> List.of(WEB.off(1));
        };
        return new Next(new DunningStep(dunningAction, nth, days), 1, services, Optional.of(at));
    }

    private static Instant at(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
