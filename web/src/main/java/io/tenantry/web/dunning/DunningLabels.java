package io.tenantry.web.dunning;

import io.tenantry.cloud.provisioning.SuspensionMethod;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.DunningForecast;
import io.tenantry.dunning.DunningAction;
import io.tenantry.dunning.DunningPolicy;
import io.tenantry.dunning.DunningPolicy.ForecastStep;
import io.tenantry.dunning.DunningStatus;
import io.tenantry.dunning.DunningStep;
import io.tenantry.dunning.LateFee;
import io.tenantry.dunning.PlanDunningRule;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Labels for debts and dunning. */
@Named
@RequestScoped
public class DunningLabels {
    private static final int NAMES_MAX = 20;
    private static final int NAMES_IN_LINE_MAX = 3;
    private static final int HOURS_A_DAY = 24;

    @Inject
    Format format;

    @Inject
    Clock clock;

    /** Returns the maximum late fee in a currency. */
    public Money feeMaximum(Currency currency) {
        return LateFee.maximum(currency);
    }

    /** Returns the label of a step. */
    public String step(DunningAction dunningAction, int nth) {
        if (dunningAction == DunningAction.RUNWAY) {
            return before(nth);
        }
        return format.text("dunning-case.step." + word(dunningAction), nth);
    }

    /** Returns the label of a reminder that is sent a number of hours before the money runs out. */
    public String before(int hours) {
        return hours % HOURS_A_DAY == 0
                ? format.text("dunning-case.step.runway.days", hours / HOURS_A_DAY)
                : format.text("dunning-case.step.runway.hours", hours);
    }

    /** Returns the fee of a step; empty if it is free. */
    public String fee(DunningStep dunningStep) {
        return dunningStep
                .fee()
                .map(fee -> fee.percent()
                        .map(percent -> format.text(
                                "dunning-case.fee.percent", format.number(percent), format.money(fee.most())))
                        .orElseGet(() -> format.text("dunning-case.fee.fixed", format.money(fee.most()))))
                .orElse("");
    }

    /** Returns the names of services; of many the first ones and the number of the others. */
    public String names(List<DunningStatus> services) {
        return named(services.stream().map(DunningStatus::name).toList(), NAMES_MAX);
    }

    /** Returns the names of the services of a step that was taken; of many the first ones and the number of the others. */
    public String named(List<String> names) {
        return named(names, NAMES_MAX);
    }

    private String named(List<String> names, int most) {
        var first = names.stream().limit(most).collect(Collectors.joining(", "));
        return names.size() > most ? format.text("dunning-case.names.more", first, names.size() - most) : first;
    }

    /** Returns the policy's rule for the services of a plan. */
    public String rule(PlanDunningRule rule) {
        return Stream.of(
                        statement("suspend", rule.suspendMore()),
                        statement("terminate", rule.terminateMore()),
                        rule.charging()
                                .map(charged ->
                                        format.text(charged ? "dunning-case.rule.charged" : "dunning-case.rule.free")))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
    }

    private Optional<String> statement(String step, Optional<Integer> more) {
        return more.isEmpty()
                ? Optional.of(format.text("dunning-case.rule." + step + ".never"))
                : more.filter(days -> days > 0).map(days -> format.text("dunning-case.rule." + step, days));
    }

    public String icon(DunningAction dunningAction) {
        return switch (dunningAction) {
            case RUNWAY -> "wallet";
            case REMIND -> "mail";
            case FINAL_NOTICE -> "alert";
            case SUSPEND -> "lock";
            case TERMINATE -> "trash";
        };
    }

    public String tone(DunningAction dunningAction) {
        return switch (dunningAction) {
            case RUNWAY, REMIND -> "info";
            case FINAL_NOTICE -> "warn";
            case SUSPEND, TERMINATE -> "bad";
        };
    }

    /** Returns the reason for a step. */
    public String why(DunningForecast dunningForecast) {
        var dunningCase = dunningForecast.debt();
        if (dunningCase.isOpen()) {
            return dunningForecast
                    .begins()
                    .map(since -> format.text(
                            "dunning-case.reason.open", format.date(since, "date"), format.money(dunningCase.toPay())))
                    .orElse("");
        }
        return dunningForecast
                .begins()
                .map(begins -> format.text("dunning-case.reason.expected", format.date(begins, "date")))
                .orElse("");
    }

    /** Returns the start of the debt, or that there is none. */
    public String since(DunningForecast dunningForecast) {
        if (!dunningForecast.debt().isOpen()) {
            return format.text("customer-dunning.fine");
        }
        return dunningForecast
                .begins()
                .map(since -> format.text("customer-dunning.since", format.date(since, "date")))
                .orElse("");
    }

    /** Returns the next step for an open debt, or the reason why there is none. */
    public String next(DunningForecast dunningForecast) {
        if (isPaused(dunningForecast)) {
            return dunningForecast
                    .debt()
                    .pauseAt(clock.instant())
                    .map(dunningPause -> format.text(
                            "dunning-case.paused", format.date(dunningPause.until(), "date"), dunningPause.reason()))
                    .orElse("");
        }
        if (dunningForecast.isHeldUp()) {
            return format.text("dunning-case.held");
        }
        return dunningForecast.ahead().stream()
                .findFirst()
                .map(coming -> format.text(
                        "dunning-case.next",
                        step(coming.step().act(), coming.step().nth()),
                        format.date(coming.at(), "date")))
                .orElseGet(() -> format.text(
                        dunningForecast.isSuspended() ? "dunning-case.next.suspended" : "dunning-case.next.none"));
    }

    public boolean isPaused(DunningForecast dunningForecast) {
        return dunningForecast.debt().pauseAt(clock.instant()).isPresent();
    }

    /** Returns the most important message for the customer. */
    public String title(DunningForecast dunningForecast) {
        var missing = format.money(dunningForecast.debt().toPay());
        if (dunningForecast.isSuspended()) {
            return format.text(
                    dunningForecast.isPartlySuspended()
                            ? "dunning-case.own.suspended.partly"
                            : "dunning-case.own.suspended",
                    missing);
        }
        var stop = dunningForecast.when(DunningAction.SUSPEND);
        if (!dunningForecast.debt().isOpen()) {
            return dunningForecast
                    .begins()
                    .map(begins -> format.text("dunning-case.own.expected", format.date(begins, "date")))
                    .orElse("");
        }
        return stop.isPresent()
                ? format.text(
                        partly(dunningForecast, DunningAction.SUSPEND, "dunning-case.own.stops"),
                        format.date(stop.get(), "date"),
                        missing)
                : format.text("dunning-case.own.missing", missing);
    }

    /** Returns the consequences, and what the customer can do. */
    public String text(DunningForecast dunningForecast) {
        if (dunningForecast.isSuspended()) {
            var end = dunningForecast.when(DunningAction.TERMINATE);
            return end.isPresent()
                    ? format.text(
                            partly(dunningForecast, DunningAction.TERMINATE, "dunning-case.own.ends"),
                            format.date(end.get(), "date"))
                    : format.text("dunning-case.own.back");
        }
        if (dunningForecast.debt().isOpen()) {
            return format.text("dunning-case.own.pay");
        }
        return dunningForecast
                .when(DunningAction.SUSPEND)
                .map(stop -> format.text(
                        partly(dunningForecast, DunningAction.SUSPEND, "dunning-case.own.expected.stops"),
                        format.date(stop, "date")))
                .orElseGet(() -> format.text("dunning-case.own.expected.pay"));
    }

    private static String partly(DunningForecast dunningForecast, DunningAction dunningAction, String key) {
        return dunningForecast.isPartly(dunningAction) ? key + ".partly" : key;
    }

    /** Returns the delivery state of a step's emails. */
    public String mails(Dunning.StepHistory stepHistory) {
        if (stepHistory.failed() > 0 && stepHistory.sent() == 0) {
            return format.text("dunning-case.emails.failed", stepHistory.failed());
        }
        return stepHistory.sent() > 0
                ? format.text("dunning-case.emails.sent", stepHistory.sent())
                : format.text("dunning-case.emails.waiting", stepHistory.waiting());
    }

    /** Returns the steps to come, in one line. */
    public String line(List<ForecastStep> ahead) {
        return ahead.isEmpty()
                ? format.text("dunning-case.nothing")
                : ahead.stream()
                        .map(coming -> format.text(
                                        "dunning-case.on",
                                        step(coming.step().act(), coming.step().nth()),
                                        format.date(coming.at(), "date"))
                                + Stream.of(
                                                named(
                                                        coming.services().stream()
                                                                .map(DunningStatus::name)
                                                                .toList(),
                                                        NAMES_IN_LINE_MAX),
                                                coming.by()
                                                        .map(way -> format.text("dunning-case.by." + by(way)))
                                                        .orElse(""),
                                                fee(coming.step()))
                                        .filter(more -> !more.isEmpty())
                                        .map(more -> ", " + more)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining(" · "));
    }

    /** Returns a suspension method, as message keys name it. */
    public String by(SuspensionMethod way) {
        return way.name().toLowerCase(Locale.ROOT);
    }

    /** Returns how many of a step's suspended services were cut off, and that the providers of the others do not support it. */
    public String cutOff(Dunning.StepHistory stepHistory) {
        var others = stepHistory.services().size() - stepHistory.cutOff();
        return others == 0
                ? format.text("dunning-case.cut-off", stepHistory.cutOff())
                : format.text("dunning-case.cut-off.partly", stepHistory.cutOff(), others);
    }

    /** Returns the field of the policy's form in which a fault is; empty if it is in none of them alone. */
    static Optional<String> field(DunningPolicy.Fault fault) {
        return switch (fault) {
            case EMPTY, DAYS, ORDER -> Optional.empty();
            case REMINDERS -> Optional.of("reminders");
            case NO_WARNING -> Optional.of("suspend");
            case TERMINATES_TOO_EARLY -> Optional.of("terminate");
            case FEE, FEE_WITHOUT_WARNING -> Optional.of("fee");
            case PLAN_DAYS, PLAN_RULE_EMPTY, PLAN_NEVER_SUSPENDED, PLAN_DUPLICATE -> Optional.of("rule-plan");
            case RUNWAY -> Optional.of("runway");
        };
    }

    /** Returns the error of a policy. */
    public String fault(DunningPolicy.Fault fault) {
        return format.text(
                "dunning-case.fault." + fault.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    private static String word(DunningAction dunningAction) {
        return dunningAction.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
