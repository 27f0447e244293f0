package io.tenantry.web.dunning;

import io.tenantry.dunning.PlanDunningRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of plans as entered: the existing ones, and one that is being edited. */
public class PlanRules implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CHARGED = "yes";
    private static final String FREE = "no";

    private final ArrayList<Line> lines = new ArrayList<>();
    private @Nullable UUID plan;
    private @Nullable Integer suspendMore;
    private @Nullable Integer terminateMore;
    private boolean isNeverSuspended;
    private boolean isNeverTerminated;
    private String charging = "";

    /** A rule as stored in the session; null stands for never, and for the policy's default. */
    private record Line(
            UUID plan,
            @Nullable Integer suspendMore,
            @Nullable Integer terminateMore,
            @Nullable Boolean charging) implements Serializable {
        static Line of(PlanDunningRule rule) {
            return new Line(
                    rule.planId(),
                    rule.suspendMore().orElse(null),
                    rule.terminateMore().orElse(null),
                    rule.charging().orElse(null));
        }

        PlanDunningRule rule() {
            return new PlanDunningRule(
                    plan,
                    Optional.ofNullable(suspendMore),
                    Optional.ofNullable(terminateMore),
                    Optional.ofNullable(charging));
        }
    }

    void read(List<PlanDunningRule> rules) {
        lines.clear();
        rules.forEach(rule -> lines.add(Line.of(rule)));
    }

    /** Returns the existing rules. */
    public List<PlanDunningRule> getAll() {
        return lines.stream().map(Line::rule).toList();
    }

    /** Returns the rule that is being edited; empty while no plan is chosen. */
    Optional<PlanDunningRule> written() {
        return Optional.ofNullable(plan)
                .map(chosen -> new PlanDunningRule(
                        chosen,
                        more(isNeverSuspended, suspendMore),
                        more(isNeverTerminated, terminateMore),
                        Optional.of(charging)
                                .filter(choice -> !choice.isEmpty())
                                .map(CHARGED::equals)));
    }

    private static Optional<Integer> more(boolean isNever, @Nullable Integer days) {
        return isNever ? Optional.empty() : Optional.of(Objects.requireNonNullElse(days, 0));
    }

    /** Returns whether a rule is being edited that was not added yet. */
    boolean isStarted() {
        return plan != null
                || suspendMore != null
                || terminateMore != null
                || isNeverSuspended
                || isNeverTerminated
                || !charging.isEmpty();
    }

    /** Adds a rule, replacing another one of the same plan, and clears the input for the next one. */
    void keep(PlanDunningRule rule) {
        remove(rule.planId());
        lines.add(Line.of(rule));
        plan = null;
        suspendMore = null;
        terminateMore = null;
        isNeverSuspended = false;
        isNeverTerminated = false;
        charging = "";
    }

    /** Removes the rule of a plan. */
    public void remove(UUID planId) {
        lines.removeIf(line -> line.plan().equals(planId));
    }

    /** Returns the choices for charging during a suspension, other than the policy's default. */
    public List<String> getChargings() {
        return List.of(CHARGED, FREE);
    }

    /** Returns the plan of the edited rule, as the value of a select. */
    public String getPlan() {
        return plan == null ? "" : plan.toString();
    }

    public void setPlan(@Nullable String plan) {
        this.plan = plan == null || plan.isEmpty() ? null : UUID.fromString(plan);
    }

    public @Nullable Integer getSuspendMore() {
        return suspendMore;
    }

    public void setSuspendMore(@Nullable Integer suspendMore) {
        this.suspendMore = suspendMore;
    }

    public @Nullable Integer getTerminateMore() {
        return terminateMore;
    }

    public void setTerminateMore(@Nullable Integer terminateMore) {
        this.terminateMore = terminateMore;
    }

    public boolean isNeverSuspended() {
        return isNeverSuspended;
    }

    public void setNeverSuspended(boolean neverSuspended) {
        isNeverSuspended = neverSuspended;
    }

    public boolean isNeverTerminated() {
        return isNeverTerminated;
    }

    public void setNeverTerminated(boolean neverTerminated) {
        isNeverTerminated = neverTerminated;
    }

    public String getCharging() {
        return charging;
    }

    public void setCharging(@Nullable String charging) {
        this.charging = Objects.requireNonNullElse(charging, "");
    }
}
