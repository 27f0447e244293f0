package io.tenantry.web.dunning;

import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.provisioning.SuspensionMethod;
import io.tenantry.cloud.provisioning.Suspensions;
import io.tenantry.dunning.Dunning;
import io.tenantry.dunning.Dunning.PolicyComparison;
import io.tenantry.dunning.DunningAction;
import io.tenantry.dunning.DunningPolicies;
import io.tenantry.dunning.DunningPolicy;
import io.tenantry.dunning.DunningStep;
import io.tenantry.dunning.PlanDunningRule;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
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

/** The dunning policy in force, and a draft that can be tried on all customers before it is published. */
@Named
@ViewScoped
public class DunningPolicyPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/dunning-policy";
    private static final int VERSIONS_SHOWN = 5;
    private static final Pattern SEPARATED = Pattern.compile("[,;\\s]+");
    /** A number of hours, or of days by their English or German initial. */
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,4})\\s*([hdtHDT])");

    private static final int HOURS_A_DAY = 24;

    @Inject
    CurrentPerson me;

    @Inject
    DunningPolicies dunningPolicies;

    @Inject
    Dunning dunning;

    @Inject
    DunningLabels labels;

    @Inject
    Format format;

    @Inject
    TenantDirectory tenants;

    @Inject
    Catalog catalog;

    @Inject
    Suspensions suspensions;

    private final PlanRules rules = new PlanRules();
    private final LateFeeDraft fee = new LateFeeDraft();
    private int version;
    private String runway = "";
    private String reminders = "";
    private @Nullable Integer finalNotice;
    private @Nullable Integer suspend;
    private @Nullable Integer terminate;
    private boolean isCharging = true;
    private SuspensionMethod by = SuspensionMethod.POWER;
    private boolean isTried;
    private transient @Nullable DunningPolicy current;
    private transient @Nullable String uncut;
    private transient @Nullable List<PolicyComparison> compared;
    private transient @Nullable Map<UUID, String> plans;

    /** Loads the policy in force, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = dunningPolicies.current();
            version = known.number();
            current = known.policy();
            runway = known.policy().runway().stream()
                    .map(hours -> hours % HOURS_A_DAY == 0
                            ? format.text("dunning-policy.runway.days", hours / HOURS_A_DAY)
                            : format.text("dunning-policy.runway.hours", hours))
                    .collect(Collectors.joining(", "));
            reminders = known.policy().steps().stream()
                    .filter(dunningStep -> dunningStep.act() == DunningAction.REMIND)
                    .map(dunningStep -> Integer.toString(dunningStep.days()))
                    .collect(Collectors.joining(", "));
            finalNotice = days(known.policy(), DunningAction.FINAL_NOTICE);
            suspend = days(known.policy(), DunningAction.SUSPEND);
            terminate = days(known.policy(), DunningAction.TERMINATE);
            isCharging = known.policy().isCharging();
            by = known.policy().by();
            known.policy().steps().forEach(fee::read);
            rules.read(known.policy().rules());
        });
    }

    /** Shows the effects of the draft without changing anything. */
    public void dryRun() {
        isTried = false;
        drawn().ifPresent(dunningPolicy -> {
            compared = dunning.compare(dunningPolicy);
            isTried = true;
        });
    }

    /** Puts the draft in force. */
    public void publish() {
        isTried = false;
        drawn().ifPresent(dunningPolicy -> {
            switch (dunningPolicies.publish(version, dunningPolicy)) {
                case DONE -> PageResult.go(HERE, format.text("dunning-policy.done"));
                case UNCHANGED -> PageResult.go(HERE, format.text("dunning-policy.unchanged"));
                case OUTDATED -> PageResult.refuse(format.text("dunning-policy.outdated"));
                case UNKNOWN_PLAN ->
                    PageResult.refuse("policy:rule-plan", format.text("dunning-policy.rule.plan.missing"));
                case INVALID -> PageResult.refuse(format.text("dunning-policy.invalid"));
            }
        });
    }

    /** Adds the edited rule, which takes effect with the policy. */
    public void addRule() {
        isTried = false;
        var rule = rules.written();
        if (rule.filter(one -> getPlans().containsKey(one.planId())).isEmpty()) {
            PageResult.refuse("policy:rule-plan", format.text("dunning-policy.rule.plan.missing"));
            return;
        }
        var fault = rule.get().fault();
        if (fault.isPresent()) {
            PageResult.refuse(field(fault.get(), rule.get()), labels.fault(fault.get()));
            return;
        }
        rules.keep(rule.get());
    }

    private static String field(DunningPolicy.Fault fault, PlanDunningRule rule) {
        var isOfEnding = fault == DunningPolicy.Fault.PLAN_DAYS
                && rule.suspendMore()
                        .filter(days -> days < 0 || days > DunningStep.DAYS_MAX)
                        .isEmpty();
        return isOfEnding || fault == DunningPolicy.Fault.PLAN_NEVER_SUSPENDED
                ? "policy:rule-terminate"
                : "policy:rule-suspend";
    }

    /** Removes the rule of a plan; takes effect with the policy. */
    public void removeRule(UUID planId) {
        isTried = false;
        rules.remove(planId);
    }

    /** Returns the rules as entered. */
    public PlanRules getRules() {
        return rules;
    }

    /** Returns the late fee as entered. */
    public LateFeeDraft getFee() {
        return fee;
    }

    /** Returns the plans that may have a rule, by name. */
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

    /** Returns the name of a plan. */
    public String planName(UUID planId) {
        return getPlans().getOrDefault(planId, "");
    }

    /** Returns the policy as entered; empty, with an error message, if it is invalid. */
    private Optional<DunningPolicy> drawn() {
        if (rules.isStarted()) {
            PageResult.refuse("policy:rule-plan", format.text("dunning-policy.rule.started"));
            return Optional.empty();
        }
        var steps = new ArrayList<DunningStep>();
        for (var part :
                SEPARATED.splitAsStream(reminders).filter(one -> !one.isEmpty()).toList()) {
            if (!part.matches("[0-9]{1,3}") || Integer.parseInt(part) > DunningStep.DAYS_MAX) {
                PageResult.refuse("policy:reminders", format.text("dunning-policy.reminders.invalid"));
                return Optional.empty();
            }
            steps.add(new DunningStep(DunningAction.REMIND, steps.size() + 1, Integer.parseInt(part)));
        }
        add(steps, DunningAction.FINAL_NOTICE, finalNotice);
        add(steps, DunningAction.SUSPEND, suspend);
        add(steps, DunningAction.TERMINATE, terminate);
        var feeFault = fee.fault(steps, getCurrency());
        if (feeFault.isPresent()) {
            PageResult.refuse("policy:fee", format.text(feeFault.get()));
            return Optional.empty();
        }
        var before = hours();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        var dunningPolicy =
                new DunningPolicy(fee.addTo(steps, getCurrency()), isCharging, rules.getAll(), before.get(), by);
        dunningPolicy.faults().forEach(this::refuse);
        return Optional.of(dunningPolicy).filter(one -> one.faults().isEmpty());
    }

    private void refuse(DunningPolicy.Fault fault) {
        DunningLabels.field(fault)
                .ifPresentOrElse(
                        field -> PageResult.refuse("policy:" + field, labels.fault(fault)),
                        () -> PageResult.refuse(labels.fault(fault)));
    }

    /** Returns how long before the money runs out it reminds, in hours; empty, with an error message, if a time is not in hours or days. */
    private Optional<List<Integer>> hours() {
        var hours = new ArrayList<Integer>();
        for (var part : runway.split("[,;]", -1)) {
            var stated = SPAN.matcher(part.strip());
            if (stated.matches()) {
                hours.add(
                        Integer.parseInt(stated.group(1)) * (stated.group(2).equalsIgnoreCase("h") ? 1 : HOURS_A_DAY));
            } else if (!part.isBlank()) {
                PageResult.refuse("policy:runway", format.text("dunning-policy.runway.invalid"));
                return Optional.empty();
            }
        }
        return Optional.of(hours);
    }

    private static void add(List<DunningStep> steps, DunningAction dunningAction, @Nullable Integer days) {
        if (days != null) {
            steps.add(new DunningStep(dunningAction, 1, days));
        }
    }

    private static @Nullable Integer days(DunningPolicy dunningPolicy, DunningAction dunningAction) {
        var found = dunningPolicy.find(dunningAction);
        return found.isPresent() ? found.get().days() : null;
    }

    /** Whether the user may change the policy. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Returns the policy in force. */
    public DunningPolicy getCurrent() {
        var known = current;
        if (known == null) {
            known = dunningPolicies.current().policy();
            current = known;
        }
        return known;
    }

    /** A step and the day of the debt on which it is taken if each email is sent immediately. */
    public record Step(DunningStep step, int day) {}

    /** Returns the steps of the policy in force. */
    public List<Step> getSteps() {
        var steps = new ArrayList<Step>();
        var day = 0;
        for (var dunningStep : getCurrent().steps()) {
            day += dunningStep.days();
            steps.add(new Step(dunningStep, day));
        }
        return steps;
    }

    /** Returns the latest versions with their authors. */
    public List<DunningPolicies.VersionAuthor> getMade() {
        return dunningPolicies.made(VERSIONS_SHOWN);
    }

    /** Whether the draft was tried, so that there are effects to show. */
    public boolean isTried() {
        return isTried;
    }

    /** Returns the effects of the draft; the affected customers first. */
    public List<PolicyComparison> getCompared() {
        var known = Objects.requireNonNullElse(compared, List.<PolicyComparison>of());
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

    public SuspensionMethod getBy() {
        return by;
    }

    public void setBy(SuspensionMethod by) {
        this.by = by;
    }

    /** Returns the suspension methods. */
    public List<SuspensionMethod> getWays() {
        return List.of(SuspensionMethod.values());
    }

    /**
     * Returns the provider accounts whose provider cannot cut servers off, so that their servers are switched off in any case; empty if there
     * are none.
     */
    public String getUncut() {
        var known = uncut;
        if (known == null) {
            known = suspensions.uncut().stream()
                    .map(one -> format.text("dunning-policy.uncut.one", one.account(), one.servers()))
                    .collect(Collectors.joining(", "));
            uncut = known;
        }
        return known;
    }

    /** Returns the currency of fees. */
    public Currency getCurrency() {
        return tenants.current().currency();
    }

    public @Nullable Integer getTerminate() {
        return terminate;
    }

    public void setTerminate(@Nullable Integer terminate) {
        this.terminate = terminate;
    }
}
