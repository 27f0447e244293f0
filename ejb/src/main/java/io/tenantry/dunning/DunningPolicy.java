package io.tenantry.dunning;

import io.tenantry.cloud.provisioning.SuspensionMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Dunning policy: the steps for a debt. Independent of clock and database: the caller provides the debt's timeline and the current time.
 *
 * <p>The days of each step are counted from when the emails of the previous step were actually sent, not from when they were due: a late
 * warning does not shorten the customer's time, however long the platform was down.
 *
 * <p>Services of some plans may be suspended and terminated later than others, or never. Both steps are therefore taken in turns: each affects
 * the services due by then, and a later turn the following ones.
 *
 * <p>Before there is a debt, it sends low balance reminders. If the runway is below several reminder hours at once, only the reminder with the
 * fewest hours is sent.
 *
 * @param isCharging whether suspended services are still charged
 * @param rules exceptions for plans, one per plan
 * @param runway the hours before the balance is used up at which reminders are sent, descending
 * @param by how servers are suspended, if their provider supports it
 */
public record DunningPolicy(
        List<DunningStep> steps,
        boolean isCharging,
        List<PlanDunningRule> rules,
        List<Integer> runway,
        SuspensionMethod by) {
    /** Maximum number of reminders. */
    public static final int REMINDERS_MAX = 6;

    /** Maximum number of reminders before there is a debt. */
    public static final int RUNWAY_MAX = 3;

    /** Maximum number of hours of a reminder before there is a debt. */
    public static final int RUNWAY_HOURS_MAX = 24 * DunningStep.DAYS_MAX;

    /** Minimum number of days for which suspended services are kept. */
    public static final int KEPT_DAYS_MIN = 7;

    public DunningPolicy {
        steps = List.copyOf(steps);
        rules = rules.stream()
                .sorted(Comparator.comparing(PlanDunningRule::planId))
                .toList();
        runway = runway.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** Creates a policy that suspends by switching off. */
    public DunningPolicy(
            List<DunningStep> steps, boolean isCharging, List<PlanDunningRule> rules, List<Integer> runway) {
        this(steps, isCharging, rules, runway, SuspensionMethod.POWER);
    }

    /** Creates a policy without reminders before there is a debt. */
    public DunningPolicy(List<DunningStep> steps, boolean isCharging, List<PlanDunningRule> rules) {
        this(steps, isCharging, rules, List.of());
    }

    /** Creates a policy without exceptions for plans. */
    public DunningPolicy(List<DunningStep> steps, boolean isCharging) {
        this(steps, isCharging, List.of());
    }

    /** Fault of a policy. */
    public enum Fault {
        /** It has no step. */
        EMPTY,
        /** Days are negative, or more than a year. */
        DAYS,
        /** Too many reminders. */
        REMINDERS,
        /** The order must be: reminders, final notice, suspension, termination; all except reminders at most once. */
        ORDER,
        /** Suspension requires a warning at least a day before. */
        NO_WARNING,
        /** Termination requires a suspension for some time before, and a final notice. */
        TERMINATES_TOO_EARLY,
        /** A fee is zero, not a multiple of the smallest currency unit, or exceeds the debt. */
        FEE,
        /** A fee requires a reminder before. */
        FEE_WITHOUT_WARNING,
        /** The additional days for a plan are negative, or more than a year. */
        PLAN_DAYS,
        /** A rule for a plan equals the default. */
        PLAN_RULE_EMPTY,
        /** Services that are never suspended cannot be terminated, or have charging settings for suspension. */
        PLAN_NEVER_SUSPENDED,
        /** There are two rules for one plan. */
        PLAN_DUPLICATE,
        /** Reminders before the balance is used up are too many or equal, or less than an hour or more than a year. */
        RUNWAY
    }

    /**
     * The next step, or the next turn of a step.
     *
     * @param step without a fee from the second turn on: the step is charged once
     * @param services suspended or terminated by it
     * @param at when; in the past if it is due now; empty until the emails of the previous step have been sent
     */
    public record Next(DunningStep step, int turn, List<DunningStatus> services, Optional<Instant> at) {
        public Next {
            services = List.copyOf(services);
        }

        /** Whether it is due. */
        public boolean isDue(Instant now) {
            return at.filter(time -> !time.isAfter(now)).isPresent();
        }
    }

    /**
     * A future step, or a turn of one, if no money arrives.
     *
     * @param services suspended or terminated by it
     * @param by how they are suspended, if their provider supports it; empty for other steps
     */
    public record ForecastStep(
            DunningStep step, int turn, List<DunningStatus> services, Instant at, Optional<SuspensionMethod> by) {
        public ForecastStep {
            services = List.copyOf(services);
        }
    }

    /** Returns the faults of the policy; empty if it is valid. */
    public Set<Fault> faults() {
        var faults = EnumSet.noneOf(Fault.class);
        if (steps.isEmpty()) {
            faults.add(Fault.EMPTY);
        }
        if (steps.stream()
                .anyMatch(dunningStep -> dunningStep.days() < 0 || dunningStep.days() > DunningStep.DAYS_MAX)) {
            faults.add(Fault.DAYS);
        }
        if (count(DunningAction.REMIND) > REMINDERS_MAX) {
            faults.add(Fault.REMINDERS);
        }
        if (!isInOrder()) {
            faults.add(Fault.ORDER);
        }
        if (find(DunningAction.SUSPEND)
                .filter(dunningStep -> dunningStep.days() < 1 || steps.indexOf(dunningStep) == 0)
                .isPresent()) {
            faults.add(Fault.NO_WARNING);
        }
        if (find(DunningAction.TERMINATE)
                .filter(dunningStep -> dunningStep.days() < KEPT_DAYS_MIN
                        || find(DunningAction.FINAL_NOTICE).isEmpty()
                        || find(DunningAction.SUSPEND).isEmpty())
                .isPresent()) {
            faults.add(Fault.TERMINATES_TOO_EARLY);
        }
        if (steps.stream().flatMap(dunningStep -> dunningStep.fee().stream()).anyMatch(fee -> !fee.isPossible())) {
            faults.add(Fault.FEE);
        }
        if (!steps.isEmpty() && steps.get(0).fee().isPresent()) {
            faults.add(Fault.FEE_WITHOUT_WARNING);
        }
        rules.forEach(rule -> rule.fault().ifPresent(faults::add));
        if (rules.stream().map(PlanDunningRule::planId).distinct().count() < rules.size()) {
            faults.add(Fault.PLAN_DUPLICATE);
        }
        if (runway.size() > RUNWAY_MAX
                || runway.stream().distinct().count() < runway.size()
                || runway.stream().anyMatch(hours -> hours < 1 || hours > RUNWAY_HOURS_MAX)) {
            faults.add(Fault.RUNWAY);
        }
        return faults;
    }

    private boolean isInOrder() {
        var reminders = 0;
        for (var i = 0; i < steps.size(); i++) {
            var dunningStep = steps.get(i);
            var isReminder = dunningStep.act() == DunningAction.REMIND;
            if (dunningStep.act() == DunningAction.RUNWAY || dunningStep.nth() != (isReminder ? ++reminders : 1)) {
                return false;
            }
            if (i > 0
                    && (isReminder ? 0 : 1)
                            > dunningStep.act().compareTo(steps.get(i - 1).act())) {
                return false;
            }
        }
        return true;
    }

    private long count(DunningAction dunningAction) {
        return steps.stream()
                .filter(dunningStep -> dunningStep.act() == dunningAction)
                .count();
    }

    /** Returns the step with that action; the first one for reminders. */
    public Optional<DunningStep> find(DunningAction dunningAction) {
        return steps.stream()
                .filter(dunningStep -> dunningStep.act() == dunningAction)
                .findFirst();
    }

    /** Returns the rule for a plan, if there is one. */
    public Optional<PlanDunningRule> rule(UUID planId) {
        return rules.stream().filter(rule -> rule.planId().equals(planId)).findFirst();
    }

    /** Whether a service of that plan is charged while it is suspended. */
    public boolean isCharging(UUID planId) {
        return rule(planId).flatMap(PlanDunningRule::charging).orElse(isCharging);
    }

    /** Returns those services that keep running when others are suspended, because their plans are never suspended. */
    public List<DunningStatus> kept(List<DunningStatus> services) {
        return services.stream()
                .filter(one -> find(DunningAction.SUSPEND).isPresent()
                        && !one.isOff()
                        && more(DunningAction.SUSPEND, one).isEmpty())
                .toList();
    }

    /** Returns the additional days until a service is affected; empty if it never is. */
    private Optional<Integer> more(DunningAction dunningAction, DunningStatus service) {
        var rule = rule(service.planId());
        return rule.isPresent() ? rule.get().more(dunningAction) : Optional.of(0);
    }

    /**
     * Returns the next step for a debt; empty if there is none. Steps of this policy that were missing in a previous policy are taken, but no
     * reminder is sent after the final notice or the suspension.
     *
     * @param now services due by then are included
     */
    public Optional<Next> next(DunningTimeline dunningTimeline, Instant now) {
        var warning = steps.stream()
                .filter(dunningStep -> dunningStep.act().isWarning()
                        && !dunningTimeline.has(dunningStep)
                        && isOpen(dunningStep.act(), dunningTimeline))
                .findFirst();
        return warning.isPresent()
                ? warning.map(dunningStep -> new Next(dunningStep, 1, List.of(), due(dunningStep, dunningTimeline)))
                : Stream.of(DunningAction.SUSPEND, DunningAction.TERMINATE)
                        .flatMap(dunningAction -> turn(dunningAction, dunningTimeline, now).stream())
                        .min(Comparator.comparing(next -> next.at().orElse(Instant.MAX)));
    }

    /** Returns the reminder hours that exceed a wallet's runway and are not recorded yet, descending. */
    List<Integer> passed(DunningCase dunningCase) {
        return runway.stream()
                .filter(dunningCase::isWithin)
                .filter(hours -> !dunningCase.remindedHours().contains(hours))
                .toList();
    }

    /**
     * Returns the hours of the reminder to send now. Empty if the same or a more urgent reminder was sent, or if the balance is used up: that
     * is notified separately.
     */
    Optional<Integer> reminder(DunningCase dunningCase) {
        return dunningCase
                .runway()
                .flatMap(left -> runway.stream().filter(dunningCase::isWithin).min(Comparator.naturalOrder()))
                .filter(hours -> dunningCase.remindedHours().stream().noneMatch(reminded -> reminded <= hours));
    }

    /** Returns the reminders expected before the balance is used up, until then and at the current hourly cost. */
    List<ForecastStep> remindersAhead(DunningCase dunningCase, Instant now, Instant until) {
        var due = reminder(dunningCase);
        return dunningCase.runway().stream()
                .flatMap(left -> runway.stream()
                        .filter(hours -> !dunningCase.remindedHours().contains(hours))
                        .filter(hours -> !dunningCase.isWithin(hours)
                                || due.filter(hours::equals).isPresent())
                        .map(hours -> new ForecastStep(
                                new DunningStep(DunningAction.RUNWAY, hours, 0),
                                1,
                                List.of(),
                                now.plus(Duration.ofHours(Math.max(0L, left - hours + 1L))),
                                Optional.empty())))
                .filter(coming -> !coming.at().isAfter(until))
                .toList();
    }

    private static boolean isOpen(DunningAction dunningAction, DunningTimeline dunningTimeline) {
        return !dunningTimeline.has(DunningAction.TERMINATE)
                && (dunningAction == DunningAction.FINAL_NOTICE
                        || (!dunningTimeline.has(DunningAction.FINAL_NOTICE)
                                && !dunningTimeline.has(DunningAction.SUSPEND)));
    }

    private static Optional<Instant> due(DunningStep dunningStep, DunningTimeline dunningTimeline) {
        if (!dunningTimeline.isHeard()) {
            return Optional.empty();
        }
        var from = dunningTimeline.last().flatMap(StepTaken::reachedAt).orElse(dunningTimeline.since());
        return Optional.of(unpaused(from.plus(Duration.ofDays(dunningStep.days())), dunningTimeline));
    }

    /** Returns the next turn of suspending or terminating; empty if no service remains. */
    private Optional<Next> turn(DunningAction dunningAction, DunningTimeline dunningTimeline, Instant now) {
        var waiting = dunningTimeline.services().stream()
                .filter(one -> one.isOff() == (dunningAction == DunningAction.TERMINATE)
                        && more(dunningAction, one).isPresent())
                .toList();
        var found = find(dunningAction);
        if (found.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        var turn = dunningTimeline.turns(dunningAction) + 1;
        var step = turn == 1
                ? found.get()
                : new DunningStep(dunningAction, 1, found.get().days());
        if (!dunningTimeline.isHeard() || !isAllowed(dunningAction, dunningTimeline)) {
            return Optional.of(new Next(step, turn, waiting, Optional.empty()));
        }
        var first = waiting.stream()
                .map(one -> due(step, one, dunningTimeline))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var by = later(first, now);
        var theirs = waiting.stream()
                .filter(one -> !due(step, one, dunningTimeline).isAfter(by))
                .toList();
        return Optional.of(new Next(step, turn, theirs, Optional.of(first)));
    }

    /**
     * Returns when a service is affected. Its days start with the last warning, or, for termination, with the email about its suspension. The
     * emails of previous turns stated its remaining time, so it is extended by the delay with which they were sent.
     */
    private Instant due(DunningStep dunningStep, DunningStatus service, DunningTimeline dunningTimeline) {
        var begins = service.off()
                .flatMap(turn -> dunningTimeline.reachedAt(DunningAction.SUSPEND, turn))
                .orElse(service.since());
        var days = dunningStep.days() + more(dunningStep.act(), service).orElseThrow();
        var at = later(begins, dunningTimeline.warnedAt()).plus(Duration.ofDays(days));
        return unpaused(at.plus(dunningTimeline.delay(dunningStep.act())), dunningTimeline);
    }

    private static Instant unpaused(Instant at, DunningTimeline dunningTimeline) {
        return dunningTimeline.pausedUntil().filter(at::isBefore).orElse(at);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** Independent of the policy: suspension requires a warning, and termination a final notice. */
    static boolean isAllowed(DunningAction dunningAction, DunningTimeline dunningTimeline) {
        return switch (dunningAction) {
            case RUNWAY, REMIND, FINAL_NOTICE -> true;
            case SUSPEND -> dunningTimeline.isWarned();
            case TERMINATE ->
                dunningTimeline.isWarned()
                        && dunningTimeline.isFinallyWarned()
                        && dunningTimeline.has(DunningAction.SUSPEND);
        };
    }

    /** Returns the steps until then if no money arrives; assumes that delayed emails are sent now, and all others immediately. */
    public List<ForecastStep> ahead(DunningTimeline dunningTimeline, Instant now, Instant until) {
        var coming = new ArrayList<ForecastStep>();
        var rest = dunningTimeline.reached(now);
        for (var next = next(rest, now); next.isPresent(); next = next(rest, now)) {
            var step = next.get();
            var at = step.at().filter(now::isBefore).orElse(now);
            if (step.at().isEmpty() || at.isAfter(until)) {
                break;
            }
            var way = step.step().act() == DunningAction.SUSPEND ? Optional.of(by) : Optional.<SuspensionMethod>empty();
            coming.add(new ForecastStep(step.step(), step.turn(), step.services(), at, way));
            rest = rest.with(step, at);
        }
        return coming;
    }

    /** Returns the days from the start of a debt to its step with that action, if each email is sent immediately. */
    public Optional<Integer> daysUntil(DunningAction dunningAction) {
        var days = 0;
        for (var dunningStep : steps) {
            days += dunningStep.days();
            if (dunningStep.act() == dunningAction) {
                return Optional.of(days);
            }
        }
        return Optional.empty();
    }
}
