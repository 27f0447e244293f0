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
 * What is done about a debt, step by step. Pure: whoever asks says how the debt went so far and what time it is.
 *
 * <p>The days of each step are counted from when the letters of the step before it went out, and not from when they should have: who was
 * not warned has all the days that are his, however long the platform slept.
 *
 * <p>Services of some plans may be switched off and ended later than others, or not at all. Both steps are therefore taken in turns: each
 * takes what is due by then, and a turn after it what follows.
 *
 * <p>Before there is a debt it reminds of the money that runs out. Whoever is found below several of its hours at once is reminded of the
 * tightest alone.
 *
 * @param isCharging whether what is switched off is charged as if it were on
 * @param rules of plans whose services are treated otherwise, one a plan
 * @param runway how many hours before the money runs out it reminds, the most first
 * @param by how servers are suspended, where their vendor can
 */
public record DunningPolicy(
        List<DunningStep> rungs,
        boolean isCharging,
        List<PlanDunningRule> rules,
        List<Integer> runway,
        SuspensionMethod by) {
    /** More reminders than that nobody reads. */
    public static final int REMINDERS_MAX = 6;

    /** Nor more of them before there is a debt. */
    public static final int RUNWAY_MAX = 3;

    /** Nobody looks further ahead. */
    public static final int RUNWAY_HOURS_MAX = 24 * DunningStep.DAYS_MAX;

    /** What was switched off is kept for at least so many days. */
    public static final int KEPT_DAYS_MIN = 7;

    public DunningPolicy {
        rungs = List.copyOf(rungs);
        rules = rules.stream()
                .sorted(Comparator.comparing(PlanDunningRule::planId))
                .toList();
        runway = runway.stream().sorted(Comparator.reverseOrder()).toList();
    }

    /** One that switches off. */
    public DunningPolicy(
            List<DunningStep> rungs, boolean isCharging, List<PlanDunningRule> rules, List<Integer> runway) {
        this(rungs, isCharging, rules, runway, SuspensionMethod.POWER);
    }

    /** One that reminds of debts alone. */
    public DunningPolicy(List<DunningStep> rungs, boolean isCharging, List<PlanDunningRule> rules) {
        this(rungs, isCharging, rules, List.of());
    }

    /** One that treats all services alike. */
    public DunningPolicy(List<DunningStep> rungs, boolean isCharging) {
        this(rungs, isCharging, List.of());
    }

    /** What is wrong with a ladder. */
    public enum Fault {
        /** It has no step. */
        EMPTY,
        /** Days below zero, or more than a year. */
        DAYS,
        /** Too many reminders. */
        REMINDERS,
        /** Reminders, a final notice, suspending, ending: in this order, all but the reminders once. */
        ORDER,
        /** Nobody is suspended without a warning, and a day. */
        UNWARNED,
        /** Nothing is ended that was not suspended before, for a while, and not without a final notice. */
        ENDS_TOO_SOON,
        /** A fee of nothing, of parts of the smallest coin, or of more than the debt. */
        FEE,
        /** Nobody pays a fee who was not reminded before. */
        FEE_UNWARNED,
        /** More days for a plan are less than none, or more than a year. */
        PLAN_DAYS,
        /** A rule for a plan says what holds anyway. */
        PLAN_SAYS_NOTHING,
        /** What is never switched off is neither ended nor charged while it is off. */
        PLAN_NEVER_OFF,
        /** Two rules for one plan. */
        PLAN_TWICE,
        /** Reminders before the money runs out: too many, two alike, or of less than an hour or more than a year. */
        RUNWAY
    }

    /**
     * The step that follows, or the next turn of it.
     *
     * @param rung without a fee from the second turn on: the step costs once
     * @param services that are switched off or ended by it
     * @param at when; in the past if it should be taken now; empty as long as the letters of the step before it have not gone out
     */
    public record Next(DunningStep rung, int turn, List<DunningStatus> services, Optional<Instant> at) {
        public Next {
            services = List.copyOf(services);
        }

        /** Whether it is to be taken. */
        public boolean isDue(Instant now) {
            return at.filter(time -> !time.isAfter(now)).isPresent();
        }
    }

    /**
     * A step to come, or a turn of one, if no money does.
     *
     * @param services that are suspended or ended by it
     * @param by how they are suspended, where their vendor can; empty of other steps
     */
    public record ForecastStep(
            DunningStep rung, int turn, List<DunningStatus> services, Instant at, Optional<SuspensionMethod> by) {
        public ForecastStep {
            services = List.copyOf(services);
        }
    }

    /** What is wrong with it; nothing if it may be used. */
    public Set<Fault> faults() {
        var faults = EnumSet.noneOf(Fault.class);
        if (rungs.isEmpty()) {
            faults.add(Fault.EMPTY);
        }
        if (rungs.stream()
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
                .filter(dunningStep -> dunningStep.days() < 1 || rungs.indexOf(dunningStep) == 0)
                .isPresent()) {
            faults.add(Fault.UNWARNED);
        }
        if (find(DunningAction.TERMINATE)
                .filter(dunningStep -> dunningStep.days() < KEPT_DAYS_MIN
                        || find(DunningAction.FINAL_NOTICE).isEmpty()
                        || find(DunningAction.SUSPEND).isEmpty())
                .isPresent()) {
            faults.add(Fault.ENDS_TOO_SOON);
        }
        if (rungs.stream().flatMap(dunningStep -> dunningStep.fee().stream()).anyMatch(fee -> !fee.isPossible())) {
            faults.add(Fault.FEE);
        }
        if (!rungs.isEmpty() && rungs.get(0).fee().isPresent()) {
            faults.add(Fault.FEE_UNWARNED);
        }
        rules.forEach(rule -> rule.fault().ifPresent(faults::add));
        if (rules.stream().map(PlanDunningRule::planId).distinct().count() < rules.size()) {
            faults.add(Fault.PLAN_TWICE);
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
        for (var i = 0; i < rungs.size(); i++) {
            var dunningStep = rungs.get(i);
            var isReminder = dunningStep.act() == DunningAction.REMIND;
            if (dunningStep.act() == DunningAction.RUNWAY || dunningStep.nth() != (isReminder ? ++reminders : 1)) {
                return false;
            }
            if (i > 0
                    && (isReminder ? 0 : 1)
                            > dunningStep.act().compareTo(rungs.get(i - 1).act())) {
                return false;
            }
        }
        return true;
    }

    private long count(DunningAction dunningAction) {
        return rungs.stream()
                .filter(dunningStep -> dunningStep.act() == dunningAction)
                .count();
    }

    /** Its step of that kind; of reminders the first. */
    public Optional<DunningStep> find(DunningAction dunningAction) {
        return rungs.stream()
                .filter(dunningStep -> dunningStep.act() == dunningAction)
                .findFirst();
    }

    /** What it says of a plan, if that is something of its own. */
    public Optional<PlanDunningRule> rule(UUID planId) {
        return rules.stream().filter(rule -> rule.planId().equals(planId)).findFirst();
    }

    /** Whether a service of that plan is charged while it is off. */
    public boolean isCharging(UUID planId) {
        return rule(planId).flatMap(PlanDunningRule::charging).orElse(isCharging);
    }

    /** Which of these run on when it switches off others: their plans are never switched off. */
    public List<DunningStatus> kept(List<DunningStatus> services) {
        return services.stream()
                .filter(one -> find(DunningAction.SUSPEND).isPresent()
                        && !one.isOff()
                        && more(DunningAction.SUSPEND, one).isEmpty())
                .toList();
    }

    /** How much later than others a service's turn comes, in days; empty if it never does. */
    private Optional<Integer> more(DunningAction dunningAction, DunningStatus service) {
        var rule = rule(service.planId());
        return rule.isPresent() ? rule.get().more(dunningAction) : Optional.of(0);
    }

    /**
     * What is to be done next about a debt; empty if there is nothing more to do. Steps that this ladder has and another, by which the debt
     * went so far, had not are taken up, but nobody is reminded after the final notice or after being suspended.
     *
     * @param now whose turn has come by then is in it
     */
    public Optional<Next> next(DunningTimeline dunningTimeline, Instant now) {
        var warning = rungs.stream()
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

    /** Of how many hours a wallet is below and nobody has noted it, the most first. */
    List<Integer> passed(DunningCase dunningCase) {
        return runway.stream()
                .filter(dunningCase::isWithin)
                .filter(hours -> !dunningCase.told().contains(hours))
                .toList();
    }

    /**
     * Of how many hours people are to be reminded now. Nothing if they were told as much or more, or if nothing is left: they are told of that
     * as it happens.
     */
    Optional<Integer> reminder(DunningCase dunningCase) {
        return dunningCase
                .runway()
                .flatMap(left -> runway.stream().filter(dunningCase::isWithin).min(Comparator.naturalOrder()))
                .filter(hours -> dunningCase.told().stream().noneMatch(told -> told <= hours));
    }

    /** Reminders that come before the money runs out, until then and at the present pace. */
    List<ForecastStep> remindersAhead(DunningCase dunningCase, Instant now, Instant until) {
        var due = reminder(dunningCase);
        return dunningCase.runway().stream()
                .flatMap(left -> runway.stream()
                        .filter(hours -> !dunningCase.told().contains(hours))
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

    /** The next turn of switching off or of ending; empty if it is nobody's. */
    private Optional<Next> turn(DunningAction dunningAction, DunningTimeline dunningTimeline, Instant now) {
        var waiting = dunningTimeline.services().stream()
                .filter(one -> one.isOff() == (dunningAction == DunningAction.TERMINATE)
                        && more(dunningAction, one).isPresent())
                .toList();
        var rung = find(dunningAction);
        if (rung.isEmpty() || waiting.isEmpty()) {
            return Optional.empty();
        }
        var turn = dunningTimeline.turns(dunningAction) + 1;
        var step = turn == 1
                ? rung.get()
                : new DunningStep(dunningAction, 1, rung.get().days());
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
     * When a service's turn comes. Its days begin with the last warning, or, to be ended, with the letter by which it was switched off. The
     * letters of the turns before said how long it has still, and therefore it has longer by as long as they waited to go out.
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

    /** Whatever a ladder says: nobody is suspended unwarned, and nothing ended without a final notice. */
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

    /** What comes until then if no money does; letters that wait to go out do so now, and all others at once. */
    public List<ForecastStep> ahead(DunningTimeline dunningTimeline, Instant now, Instant until) {
        var coming = new ArrayList<ForecastStep>();
        var rest = dunningTimeline.reached(now);
        for (var next = next(rest, now); next.isPresent(); next = next(rest, now)) {
            var step = next.get();
            var at = step.at().filter(now::isBefore).orElse(now);
            if (step.at().isEmpty() || at.isAfter(until)) {
                break;
            }
            var way = step.rung().act() == DunningAction.SUSPEND ? Optional.of(by) : Optional.<SuspensionMethod>empty();
            coming.add(new ForecastStep(step.rung(), step.turn(), step.services(), at, way));
            rest = rest.with(step, at);
        }
        return coming;
    }

    /** The days from the beginning of a debt to its step of that kind, if each letter goes out at once. */
    public Optional<Integer> daysUntil(DunningAction dunningAction) {
        var days = 0;
        for (var dunningStep : rungs) {
            days += dunningStep.days();
            if (dunningStep.act() == dunningAction) {
                return Optional.of(days);
            }
        }
        return Optional.empty();
    }
}
