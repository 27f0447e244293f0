package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done about a debt, step by step. Pure: whoever asks says how the debt went so far and what time it is.
 *
 * <p>The days of each step are counted from when the letters of the step before it went out, and not from when they should have: who was
 * not warned has all the days that are his, however long the platform slept.
 *
 * @param isCharging whether what is switched off is charged as if it were on
 */
public record Ladder(List<Rung> rungs, boolean isCharging) {
    /** More reminders than that nobody reads. */
    public static final int REMINDERS_MAX = 6;

    /** What was switched off is kept for at least so many days. */
    public static final int KEPT_DAYS_MIN = 7;

    public Ladder {
        rungs = List.copyOf(rungs);
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
        FEE_UNWARNED
    }

    /**
     * The step that follows.
     *
     * @param at when; in the past if it should be taken now; empty as long as the letters of the step before it have not gone out
     */
    public record Next(Rung rung, Optional<Instant> at) {
        /** Whether it is to be taken. */
        public boolean isDue(Instant now) {
            return at.filter(time -> !time.isAfter(now)).isPresent();
        }
    }

    /** A step to come, if no money does. */
    public record Foreseen(Rung rung, Instant at) {}

    /** What is wrong with it; nothing if it may be used. */
    public Set<Fault> faults() {
        var faults = EnumSet.noneOf(Fault.class);
        if (rungs.isEmpty()) {
            faults.add(Fault.EMPTY);
        }
        if (rungs.stream().anyMatch(rung -> rung.days() < 0 || rung.days() > Rung.DAYS_MAX)) {
            faults.add(Fault.DAYS);
        }
        if (count(Act.REMIND) > REMINDERS_MAX) {
            faults.add(Fault.REMINDERS);
        }
        if (!isInOrder()) {
            faults.add(Fault.ORDER);
        }
        if (find(Act.SUSPEND)
                .filter(rung -> rung.days() < 1 || rungs.indexOf(rung) == 0)
                .isPresent()) {
            faults.add(Fault.UNWARNED);
        }
        if (find(Act.TERMINATE)
                .filter(rung -> rung.days() < KEPT_DAYS_MIN
                        || find(Act.FINAL_NOTICE).isEmpty()
                        || find(Act.SUSPEND).isEmpty())
                .isPresent()) {
            faults.add(Fault.ENDS_TOO_SOON);
        }
        if (rungs.stream().flatMap(rung -> rung.fee().stream()).anyMatch(fee -> !fee.isPossible())) {
            faults.add(Fault.FEE);
        }
        if (!rungs.isEmpty() && rungs.get(0).fee().isPresent()) {
            faults.add(Fault.FEE_UNWARNED);
        }
        return faults;
    }

    private boolean isInOrder() {
        var reminders = 0;
        for (var i = 0; i < rungs.size(); i++) {
            var rung = rungs.get(i);
            var isReminder = rung.act() == Act.REMIND;
            if (rung.nth() != (isReminder ? ++reminders : 1)) {
                return false;
            }
            if (i > 0
                    && (isReminder ? 0 : 1)
                            > rung.act().compareTo(rungs.get(i - 1).act())) {
                return false;
            }
        }
        return true;
    }

    private long count(Act act) {
        return rungs.stream().filter(rung -> rung.act() == act).count();
    }

    /** Its step of that kind; of reminders the first. */
    public Optional<Rung> find(Act act) {
        return rungs.stream().filter(rung -> rung.act() == act).findFirst();
    }

    /**
     * What is to be done next about a debt; empty if there is nothing more to do. Steps that this ladder has and another, by which the debt
     * went so far, had not are taken up, but nobody is reminded after the final notice or after being suspended.
     */
    public Optional<Next> next(Course course) {
        return rungs.stream()
                .filter(rung -> !course.has(rung) && isOpen(rung.act(), course))
                .findFirst()
                .map(rung -> new Next(rung, due(rung, course)));
    }

    private static boolean isOpen(Act act, Course course) {
        return switch (act) {
            case REMIND -> !course.has(Act.FINAL_NOTICE) && !course.has(Act.SUSPEND) && !course.has(Act.TERMINATE);
            case FINAL_NOTICE, SUSPEND -> !course.has(Act.TERMINATE);
            case TERMINATE -> course.has(Act.SUSPEND);
        };
    }

    private static Optional<Instant> due(Rung rung, Course course) {
        var last = course.last();
        if ((last.isPresent() && last.get().reachedAt().isEmpty()) || !isAllowed(rung.act(), course)) {
            return Optional.empty();
        }
        var from = last.flatMap(Taken::reachedAt).orElse(course.since());
        var at = from.plus(Duration.ofDays(rung.days()));
        return Optional.of(course.pausedUntil().filter(at::isBefore).orElse(at));
    }

    /** Whatever a ladder says: nobody is suspended unwarned, and nothing ended without a final notice. */
    static boolean isAllowed(Act act, Course course) {
        return switch (act) {
            case REMIND, FINAL_NOTICE -> true;
            case SUSPEND -> course.isWarned();
            case TERMINATE -> course.isWarned() && course.isFinallyWarned() && course.has(Act.SUSPEND);
        };
    }

    /** What comes until then if no money does; letters that wait to go out do so now, and all others at once. */
    public List<Foreseen> ahead(Course course, Instant now, Instant until) {
        var coming = new ArrayList<Foreseen>();
        var rest = course.reached(now);
        for (var next = next(rest); next.isPresent(); next = next(rest)) {
            var rung = next.get().rung();
            var at = next.get().at().filter(now::isBefore).orElse(now);
            if (next.get().at().isEmpty() || at.isAfter(until)) {
                break;
            }
            coming.add(new Foreseen(rung, at));
            rest = rest.with(rung, at);
        }
        return coming;
    }

    /** The days from the beginning of a debt to its step of that kind, if each letter goes out at once. */
    public Optional<Integer> daysUntil(Act act) {
        var days = 0;
        for (var rung : rungs) {
            days += rung.days();
            if (rung.act() == act) {
                return Optional.of(days);
            }
        }
        return Optional.empty();
    }
}
