package io.tenantry.web.dunning;

import io.tenantry.dunning.PlanDunningRule;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules of plans as they are filled in: those that there are, and one that is being written. */
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

    /** A rule as it sits in the session; nothing for never, and for as the ladder says. */
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

    /** Those that there are. */
    public List<PlanDunningRule> getAll() {
        return lines.stream().map(Line::rule).toList();
    }

    /** The one that is being written; empty as long as no plan is chosen. */
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

    /** Whether something was written that is not among them yet. */
    boolean isBegun() {
        return plan != null
                || suspendMore != null
                || terminateMore != null
                || isNeverSuspended
                || isNeverTerminated
                || !charging.isEmpty();
    }

    /** In place of another one of the same plan; the next one may be written. */
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

    /** Of that plan there is none any more. */
    public void remove(UUID planId) {
        lines.removeIf(line -> line.plan().equals(planId));
    }

    /** What may be chosen for while it is off, besides what the ladder says. */
    public List<String> getChargings() {
        return List.of(CHARGED, FREE);
    }

    /** Of which plan, as a select says it. */
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
