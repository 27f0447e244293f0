package io.tenantry.web.dunning;

import io.tenantry.catalog.Catalog;
import io.tenantry.dunning.Act;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.Compared;
import io.tenantry.dunning.Ladder;
import io.tenantry.dunning.Ladders;
import io.tenantry.dunning.LateFee;
import io.tenantry.dunning.PlanRule;
import io.tenantry.dunning.Rung;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.provisioning.Suspending;
import io.tenantry.provisioning.Suspensions;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ladder in force, and another one to be tried on everybody before it is. */
@Named
@ViewScoped
public class LadderPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/ladder";
    private static final int VERSIONS_SHOWN = 5;
    private static final Pattern SEPARATED = Pattern.compile("[,;\\s]+");
    /** In hours, or in days by their English or German letter. */
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})\\s*([hdtHDT])");

    private static final int HOURS_A_DAY = 24;

    @Inject
    CurrentPerson me;

    @Inject
    Ladders ladders;

    @Inject
    Dunning dunning;

    @Inject
    DebtWords words;

    @Inject
    Fmt fmt;

    @Inject
    TenantDirectory tenants;

    @Inject
    Catalog catalog;

    @Inject
    Suspensions suspensions;

    private final PlanRules rules = new PlanRules();
    private int version;
    private String runway = "";
    private String reminders = "";
    private @Nullable Integer finalNotice;
    private @Nullable Integer suspend;
    private @Nullable Integer terminate;
    private boolean isCharging = true;
    private Suspending by = Suspending.POWER;
    private @Nullable BigDecimal feeAmount;
    private @Nullable BigDecimal feePercent;
    private boolean isFeeOfReminders;
    private boolean isFeeOfFinalNotice;
    private boolean isFeeOfSuspending;
    private boolean isTried;
    private transient @Nullable Ladder current;
    private transient @Nullable String uncut;
    private transient @Nullable List<Compared> compared;
    private transient @Nullable Map<UUID, String> plans;

    /** Looks at the one in force, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            var known = ladders.current();
            version = known.number();
            current = known.ladder();
            runway = known.ladder().runway().stream()
                    .map(hours -> hours % HOURS_A_DAY == 0
                            ? fmt.text("ladder.runway.days", hours / HOURS_A_DAY)
                            : fmt.text("ladder.runway.hours", hours))
                    .collect(Collectors.joining(", "));
            reminders = known.ladder().rungs().stream()
                    .filter(rung -> rung.act() == Act.REMIND)
                    .map(rung -> Integer.toString(rung.days()))
                    .collect(Collectors.joining(", "));
            finalNotice = days(known.ladder(), Act.FINAL_NOTICE);
            suspend = days(known.ladder(), Act.SUSPEND);
            terminate = days(known.ladder(), Act.TERMINATE);
            isCharging = known.ladder().isCharging();
            by = known.ladder().by();
            known.ladder().rungs().forEach(this::readFee);
            rules.read(known.ladder().rules());
        });
    }

    private void readFee(Rung rung) {
        rung.fee().ifPresent(fee -> {
            feeAmount = fee.most().amount().stripTrailingZeros();
            feePercent = fee.percent().map(BigDecimal::stripTrailingZeros).orElse(null);
            switch (rung.act()) {
                case REMIND -> isFeeOfReminders = true;
                case FINAL_NOTICE -> isFeeOfFinalNotice = true;
                case SUSPEND -> isFeeOfSuspending = true;
                case RUNWAY, TERMINATE -> throw new IllegalStateException(rung.act() + " costs nothing");
            }
        });
    }

    /** Shows what it would do, and changes nothing. */
    public void dryRun() {
        isTried = false;
        drawn().ifPresent(ladder -> {
            compared = dunning.compare(ladder);
            isTried = true;
        });
    }

    /** Puts it in force. */
    public void publish() {
        isTried = false;
        drawn().ifPresent(ladder -> {
            switch (ladders.publish(version, ladder)) {
                case DONE -> Visit.go(HERE, fmt.text("ladder.done"));
                case UNCHANGED -> Visit.go(HERE, fmt.text("ladder.unchanged"));
                case OUTDATED -> Visit.refuse(fmt.text("ladder.outdated"));
                case UNKNOWN_PLAN -> Visit.refuse("ladder:rule-plan", fmt.text("ladder.rule.plan.missing"));
                case INVALID -> Visit.refuse(fmt.text("ladder.invalid"));
            }
        });
    }

    /** The rule that is written is one of them, to be put in force with the ladder. */
    public void addRule() {
        isTried = false;
        var rule = rules.written();
        if (rule.filter(one -> getPlans().containsKey(one.planId())).isEmpty()) {
            Visit.refuse("ladder:rule-plan", fmt.text("ladder.rule.plan.missing"));
            return;
        }
        var fault = rule.get().fault();
        if (fault.isPresent()) {
            Visit.refuse(field(fault.get(), rule.get()), words.fault(fault.get()));
            return;
        }
        rules.keep(rule.get());
    }

    private static String field(Ladder.Fault fault, PlanRule rule) {
        var isOfEnding = fault == Ladder.Fault.PLAN_DAYS
                && rule.suspendMore()
                        .filter(days -> days < 0 || days > Rung.DAYS_MAX)
                        .isEmpty();
        return isOfEnding || fault == Ladder.Fault.PLAN_NEVER_OFF ? "ladder:rule-terminate" : "ladder:rule-suspend";
    }

    /** There is no rule of that plan any more, once the ladder is in force. */
    public void removeRule(UUID planId) {
        isTried = false;
        rules.remove(planId);
    }

    /** The rules as they are filled in. */
    public PlanRules getRules() {
        return rules;
    }

    /** Plans that may have a rule, by name. */
    public Map<UUID, String> getPlans() {
        var known = plans;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (var one : catalog.names()) {
                known.put(one.id(), one.name());
            }
            plans = known;
        }
        return known;
    }

    /** What a plan is called. */
    public String planName(UUID planId) {
        return getPlans().getOrDefault(planId, "");
    }

    /** As it was filled in; empty, and told why, if that is not possible. */
    private Optional<Ladder> drawn() {
        if (rules.isBegun()) {
            Visit.refuse("ladder:rule-plan", fmt.text("ladder.rule.begun"));
            return Optional.empty();
        }
        var rungs = new ArrayList<Rung>();
        for (var part :
                SEPARATED.splitAsStream(reminders).filter(one -> !one.isEmpty()).toList()) {
            if (!part.matches("[0-9]{1,3}")) {
                Visit.refuse("ladder:reminders", fmt.text("ladder.reminders.invalid"));
                return Optional.empty();
            }
            rungs.add(new Rung(Act.REMIND, rungs.size() + 1, Integer.parseInt(part)));
        }
        add(rungs, Act.FINAL_NOTICE, finalNotice);
        add(rungs, Act.SUSPEND, suspend);
        add(rungs, Act.TERMINATE, terminate);
        var costly = withFee(rungs);
        if (costly.isEmpty()) {
            return Optional.empty();
        }
        var before = hours();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        var ladder = new Ladder(costly.get(), isCharging, rules.getAll(), before.get(), by);
        ladder.faults().forEach(fault -> Visit.refuse(words.fault(fault)));
        return Optional.of(ladder).filter(one -> one.faults().isEmpty());
    }

    /** How long before the money runs out it reminds, in hours; empty, and told why, if that is not said in hours or days. */
    private Optional<List<Integer>> hours() {
        var hours = new ArrayList<Integer>();
        for (var part : runway.split("[,;]", -1)) {
            var said = SPAN.matcher(part.strip());
            if (said.matches()) {
                hours.add(Integer.parseInt(said.group(1)) * (said.group(2).equalsIgnoreCase("h") ? 1 : HOURS_A_DAY));
            } else if (!part.isBlank()) {
                Visit.refuse("ladder:runway", fmt.text("ladder.runway.invalid"));
                return Optional.empty();
            }
        }
        return Optional.of(hours);
    }

    /** The steps with the fee, where they are to have one; empty, and told why, if that is not possible. */
    private Optional<List<Rung>> withFee(List<Rung> rungs) {
        var amount = feeAmount;
        var isWanted = isFeeOfReminders || isFeeOfFinalNotice || isFeeOfSuspending;
        if (amount == null) {
            if (isWanted || feePercent != null) {
                Visit.refuse("ladder:fee", fmt.text("ladder.fee.lacks.amount"));
                return Optional.empty();
            }
            return Optional.of(rungs);
        }
        if (!isWanted) {
            Visit.refuse("ladder:fee", fmt.text("ladder.fee.lacks"));
            return Optional.empty();
        }
        var fee = new LateFee(Optional.ofNullable(feePercent), new Money(amount, getCurrency()));
        var costly = new ArrayList<Rung>();
        for (var rung : rungs) {
            var isFirst = costly.isEmpty();
            costly.add(!isFirst && isCostly(rung.act()) ? rung.withFee(fee) : rung);
        }
        if (costly.equals(rungs)) {
            Visit.refuse("ladder:fee", fmt.text("ladder.fee.lacks.step"));
            return Optional.empty();
        }
        return Optional.of(costly);
    }

    private boolean isCostly(Act act) {
        return switch (act) {
            case REMIND -> isFeeOfReminders;
            case FINAL_NOTICE -> isFeeOfFinalNotice;
            case SUSPEND -> isFeeOfSuspending;
            case RUNWAY, TERMINATE -> false;
        };
    }

    private static void add(List<Rung> rungs, Act act, @Nullable Integer days) {
        if (days != null) {
            rungs.add(new Rung(act, 1, days));
        }
    }

    private static @Nullable Integer days(Ladder ladder, Act act) {
        var found = ladder.find(act);
        return found.isPresent() ? found.get().days() : null;
    }

    /** Whether it may be changed. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** The one in force. */
    public Ladder getCurrent() {
        var known = current;
        if (known == null) {
            known = ladders.current().ladder();
            current = known;
        }
        return known;
    }

    /** A step and the day of the debt on which it comes if each letter goes out at once. */
    public record Step(Rung rung, int day) {}

    /** The steps of the one in force. */
    public List<Step> getSteps() {
        var steps = new ArrayList<Step>();
        var day = 0;
        for (var rung : getCurrent().rungs()) {
            day += rung.days();
            steps.add(new Step(rung, day));
        }
        return steps;
    }

    /** Who made the last ones. */
    public List<Ladders.Made> getMade() {
        return ladders.made(VERSIONS_SHOWN);
    }

    /** Whether it was tried, so that there is something to show. */
    public boolean isTried() {
        return isTried;
    }

    /** What it would do; who is affected first. */
    public List<Compared> getCompared() {
        var known = Objects.requireNonNullElse(compared, List.<Compared>of());
        return known.stream()
                .sorted(Comparator.comparing(one -> !one.isOther()))
                .toList();
    }

    public int getVersion() {
        return version;
    }

    public String getRunway() {
        return runway;
    }

    public void setRunway(@Nullable String runway) {
        this.runway = Objects.requireNonNullElse(runway, "");
    }

    public String getReminders() {
        return reminders;
    }

    public void setReminders(@Nullable String reminders) {
        this.reminders = Objects.requireNonNullElse(reminders, "");
    }

    public @Nullable Integer getFinalNotice() {
        return finalNotice;
    }

    public void setFinalNotice(@Nullable Integer finalNotice) {
        this.finalNotice = finalNotice;
    }

    public @Nullable Integer getSuspend() {
        return suspend;
    }

    public void setSuspend(@Nullable Integer suspend) {
        this.suspend = suspend;
    }

    public boolean isCharging() {
        return isCharging;
    }

    public void setCharging(boolean charging) {
        isCharging = charging;
    }

    public Suspending getBy() {
        return by;
    }

    public void setBy(Suspending by) {
        this.by = by;
    }

    /** How servers can be suspended. */
    public List<Suspending> getWays() {
        return List.of(Suspending.values());
    }

    /** Accounts whose vendor cuts no server off, so that theirs are switched off in any case; empty if there is none. */
    public String getUncut() {
        var known = uncut;
        if (known == null) {
            known = suspensions.uncut().stream()
                    .map(one -> fmt.text("ladder.uncut.one", one.account(), one.servers()))
                    .collect(Collectors.joining(", "));
            uncut = known;
        }
        return known;
    }

    /** In which fees are. */
    public Currency getCurrency() {
        return tenants.current().currency();
    }

    public @Nullable BigDecimal getFeeAmount() {
        return feeAmount;
    }

    public void setFeeAmount(@Nullable BigDecimal feeAmount) {
        this.feeAmount = feeAmount;
    }

    public @Nullable BigDecimal getFeePercent() {
        return feePercent;
    }

    public void setFeePercent(@Nullable BigDecimal feePercent) {
        this.feePercent = feePercent;
    }

    public boolean isFeeOfReminders() {
        return isFeeOfReminders;
    }

    public void setFeeOfReminders(boolean feeOfReminders) {
        isFeeOfReminders = feeOfReminders;
    }

    public boolean isFeeOfFinalNotice() {
        return isFeeOfFinalNotice;
    }

    public void setFeeOfFinalNotice(boolean feeOfFinalNotice) {
        isFeeOfFinalNotice = feeOfFinalNotice;
    }

    public boolean isFeeOfSuspending() {
        return isFeeOfSuspending;
    }

    public void setFeeOfSuspending(boolean feeOfSuspending) {
        isFeeOfSuspending = feeOfSuspending;
    }

    public @Nullable Integer getTerminate() {
        return terminate;
    }

    public void setTerminate(@Nullable Integer terminate) {
        this.terminate = terminate;
    }
}
