package io.tenantry.web.dunning;

import io.tenantry.dunning.Act;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Outlook;
import io.tenantry.dunning.Ladder;
import io.tenantry.dunning.Ladder.Foreseen;
import io.tenantry.dunning.PlanRule;
import io.tenantry.dunning.Rung;
import io.tenantry.dunning.Standing;
import io.tenantry.provisioning.Suspending;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How debts, and what is done about them, are called on pages. */
@Named
@RequestScoped
public class DebtWords {
    private static final int NAMES_MAX = 20;
    private static final int NAMES_IN_LINE_MAX = 3;
    private static final int HOURS_A_DAY = 24;

    @Inject
    Fmt fmt;

    @Inject
    Clock clock;

    /** What a step is called. */
    public String step(Act act, int nth) {
        if (act == Act.RUNWAY) {
            return before(nth);
        }
        return fmt.text("debt.step." + word(act), nth);
    }

    /** What a reminder so many hours before the money runs out is called. */
    public String before(int hours) {
        return hours % HOURS_A_DAY == 0
                ? fmt.text("debt.step.runway.days", hours / HOURS_A_DAY)
                : fmt.text("debt.step.runway.hours", hours);
    }

    /** What a step costs; nothing if it costs nothing. */
    public String fee(Rung rung) {
        return rung.fee()
                .map(fee -> fee.percent()
                        .map(percent -> fmt.text("debt.fee.percent", fmt.number(percent), fmt.money(fee.most())))
                        .orElseGet(() -> fmt.text("debt.fee.fixed", fmt.money(fee.most()))))
                .orElse("");
    }

    /** Names of services; of many the first ones and how many more. */
    public String names(List<Standing> services) {
        return named(services.stream().map(Standing::name).toList(), NAMES_MAX);
    }

    /** The same of a step that was taken. */
    public String named(List<String> names) {
        return named(names, NAMES_MAX);
    }

    private String named(List<String> names, int most) {
        var first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? fmt.text("debt.names.more", first, names.size() - most) : first;
    }

    /** What a ladder says of the services of a plan. */
    public String rule(PlanRule rule) {
        return Stream.of(
                        said("suspend", rule.suspendMore()),
                        said("terminate", rule.terminateMore()),
                        rule.charging().map(charged -> fmt.text(charged ? "debt.rule.charged" : "debt.rule.free")))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
    }

    private Optional<String> said(String step, Optional<Integer> more) {
        return more.isEmpty()
                ? Optional.of(fmt.text("debt.rule." + step + ".never"))
                : more.filter(days -> days > 0).map(days -> fmt.text("debt.rule." + step, days));
    }

    public String icon(Act act) {
        return switch (act) {
            case RUNWAY -> "wallet";
            case REMIND -> "mail";
            case FINAL_NOTICE -> "alert";
            case SUSPEND -> "lock";
            case TERMINATE -> "trash";
        };
    }

    public String tone(Act act) {
        return switch (act) {
            case RUNWAY, REMIND -> "info";
            case FINAL_NOTICE -> "warn";
            case SUSPEND, TERMINATE -> "bad";
        };
    }

    /** Why a step comes. */
    public String why(Outlook outlook) {
        var debt = outlook.debt();
        if (debt.isOpen()) {
            return outlook.begins()
                    .map(since -> fmt.text("debt.why.open", fmt.date(since, "date"), fmt.money(debt.toPay())))
                    .orElse("");
        }
        return outlook.begins()
                .map(begins -> fmt.text("debt.why.expected", fmt.date(begins, "date")))
                .orElse("");
    }

    /** Since when there is a debt, or that there is none. */
    public String since(Outlook outlook) {
        if (!outlook.debt().isOpen()) {
            return fmt.text("debtor.fine");
        }
        return outlook.begins()
                .map(since -> fmt.text("debtor.since", fmt.date(since, "date")))
                .orElse("");
    }

    /** What is to be done next about a debt that is open, or why nothing is. */
    public String next(Outlook outlook) {
        if (isPaused(outlook)) {
            return outlook.debt()
                    .pauseAt(clock.instant())
                    .map(pause -> fmt.text("debt.paused", fmt.date(pause.until(), "date"), pause.reason()))
                    .orElse("");
        }
        if (outlook.isHeldUp()) {
            return fmt.text("debt.held");
        }
        return outlook.ahead().stream()
                .findFirst()
                .map(coming -> fmt.text(
                        "debt.next", step(coming.rung().act(), coming.rung().nth()), fmt.date(coming.at(), "date")))
                .orElseGet(() -> fmt.text(outlook.isSuspended() ? "debt.next.suspended" : "debt.next.none"));
    }

    public boolean isPaused(Outlook outlook) {
        return outlook.debt().pauseAt(clock.instant()).isPresent();
    }

    /** What a customer has to know first. */
    public String title(Outlook outlook) {
        var missing = fmt.money(outlook.debt().toPay());
        if (outlook.isSuspended()) {
            return fmt.text(outlook.isPartlySuspended() ? "debt.own.suspended.partly" : "debt.own.suspended", missing);
        }
        var stop = outlook.when(Act.SUSPEND);
        if (!outlook.debt().isOpen()) {
            return outlook.begins()
                    .map(begins -> fmt.text("debt.own.expected", fmt.date(begins, "date")))
                    .orElse("");
        }
        return stop.isPresent()
                ? fmt.text(partly(outlook, Act.SUSPEND, "debt.own.stops"), fmt.date(stop.get(), "date"), missing)
                : fmt.text("debt.own.missing", missing);
    }

    /** What follows, and what to do. */
    public String text(Outlook outlook) {
        if (outlook.isSuspended()) {
            var end = outlook.when(Act.TERMINATE);
            return end.isPresent()
                    ? fmt.text(partly(outlook, Act.TERMINATE, "debt.own.ends"), fmt.date(end.get(), "date"))
                    : fmt.text("debt.own.back");
        }
        if (outlook.debt().isOpen()) {
            return fmt.text("debt.own.pay");
        }
        return outlook.when(Act.SUSPEND)
                .map(stop -> fmt.text(partly(outlook, Act.SUSPEND, "debt.own.expected.stops"), fmt.date(stop, "date")))
                .orElseGet(() -> fmt.text("debt.own.expected.pay"));
    }

    private static String partly(Outlook outlook, Act act, String key) {
        return outlook.isPartly(act) ? key + ".partly" : key;
    }

    /** How the letters of a step went. */
    public String letters(Dunning.Done done) {
        if (done.failed() > 0 && done.sent() == 0) {
            return fmt.text("debt.letters.failed", done.failed());
        }
        return done.sent() > 0
                ? fmt.text("debt.letters.sent", done.sent())
                : fmt.text("debt.letters.waiting", done.waiting());
    }

    /** Steps to come, in one line. */
    public String line(List<Foreseen> ahead) {
        return ahead.isEmpty()
                ? fmt.text("debt.nothing")
                : ahead.stream()
                        .map(coming -> fmt.text(
                                        "debt.on",
                                        step(coming.rung().act(), coming.rung().nth()),
                                        fmt.date(coming.at(), "date"))
                                + Stream.of(
                                                named(
                                                        coming.services().stream()
                                                                .map(Standing::name)
                                                                .toList(),
                                                        NAMES_IN_LINE_MAX),
                                                coming.by()
                                                        .map(way -> fmt.text("debt.by." + by(way)))
                                                        .orElse(""),
                                                fee(coming.rung()))
                                        .filter(more -> !more.isEmpty())
                                        .map(more -> ", " + more)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining(" · "));
    }

    /** A way to suspend, as texts name it. */
    public String by(Suspending way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    /** How many of those that a step has suspended it has cut off, and that their vendors could not do so with the others. */
    public String cutOff(Dunning.Done done) {
        var others = done.services().size() - done.cutOff();
        return others == 0
                ? fmt.text("debt.cut-off", done.cutOff())
                : fmt.text("debt.cut-off.partly", done.cutOff(), others);
    }

    /** What is wrong with a ladder. */
    public String fault(Ladder.Fault fault) {
        return fmt.text("debt.fault." + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String word(Act act) {
        return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
