package io.tenantry.dunning;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Versions of a reseller's dunning policy: the latest one applies to all debts, including those with steps already taken. */
@Stateless
public class DunningPolicies {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    DunningCases dunningCases;

    /** For the container. */
    public DunningPolicies() {}

    /** For use outside a container. */
    DunningPolicies(Sql sql, Clock clock, Access access, AuditTrail audit, DunningCases dunningCases) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.dunningCases = dunningCases;
    }

    /** A policy and its version number. */
    public record Version(int number, DunningPolicy policy) {}

    /** Author and time of a version. */
    public record VersionAuthor(int number, Instant at, String by) {}

    /** Outcome of publishing. */
    public enum Outcome {
        DONE,
        /** The policy is invalid; see {@link DunningPolicy#faults}. */
        INVALID,
        /** A rule refers to a plan that does not exist. */
        UNKNOWN_PLAN,
        /** It equals the current policy. */
        UNCHANGED,
        /** Another version has been published in the meantime. */
        OUTDATED
    }

    /** Returns the current policy. */
    public Version current() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return dunningCases.inForce();
    }

    /** Returns the authors of the latest versions, newest first. */
    public List<VersionAuthor> made(int limit) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(
                "select version, created_at, created_by from dunning_policy order by version desc limit ?",
                row -> new VersionAuthor(row.whole("version"), row.instant("created_at"), row.text("created_by")),
                limit);
    }

    /**
     * Publishes another policy, for all debts and from now on.
     *
     * @param known the version that the new policy is based on
     */
    public Outcome publish(int known, DunningPolicy dunningPolicy) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!dunningPolicy.faults().isEmpty()) {
            return Outcome.INVALID;
        }
        if (!isOfPlans(dunningPolicy)) {
            return Outcome.UNKNOWN_PLAN;
        }
        if (dunningCases.inForce().equals(new Version(known, dunningPolicy))) {
            return Outcome.UNCHANGED;
        }
        var number = known + 1;
        var added = sql.update(
                """
                insert into dunning_policy (version, created_at, created_by, charges_suspended, suspends_by)
                select ?, ?, ?, ?, ?
                 where ? = (select max(version) from dunning_policy)
                on conflict do nothing
                """,
                number,
                clock.instant(),
                Actors.require().name(),
                dunningPolicy.isCharging(),
                dunningPolicy.by(),
                known);
        if (added == 0) {
            return Outcome.OUTDATED;
        }
        write(number, dunningPolicy);
        record(number, dunningPolicy);
        return Outcome.DONE;
    }

    private void write(int number, DunningPolicy dunningPolicy) {
        for (var i = 0; i < dunningPolicy.steps().size(); i++) {
            var dunningStep = dunningPolicy.steps().get(i);
            sql.update(
                    """
                    insert into dunning_policy_step (version, position, action, nth, days, fee_percent, fee_max, fee_currency)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    number,
                    i + 1,
                    dunningStep.act(),
                    dunningStep.nth(),
                    dunningStep.days(),
                    dunningStep.fee().flatMap(LateFee::percent).orElse(null),
                    dunningStep.fee().map(fee -> fee.most().amount()).orElse(null),
                    dunningStep.fee().map(fee -> fee.most().currency()).orElse(null));
        }
        for (var rule : dunningPolicy.rules()) {
            sql.update(
                    """
                    insert into dunning_plan_rule (version, plan_id, extra_suspend_days, extra_terminate_days, charges_suspended)
                    values (?, ?, ?, ?, ?)
                    """,
                    number,
                    rule.planId(),
                    rule.suspendMore().orElse(null),
                    rule.terminateMore().orElse(null),
                    rule.charging().orElse(null));
        }
        for (var hours : dunningPolicy.runway()) {
            sql.update("insert into dunning_reminder_rule (version, hours) values (?, ?)", number, hours);
        }
    }

    private void record(int number, DunningPolicy dunningPolicy) {
        audit.record(
                "dunning.policy_published",
                "dunning_policy",
                Integer.toString(number),
                Map.of(
                        "steps",
                        text(dunningPolicy),
                        "charges_suspended",
                        dunningPolicy.isCharging(),
                        "suspends_by",
                        dunningPolicy.by(),
                        "plans",
                        rules(dunningPolicy),
                        "runway_hours",
                        dunningPolicy.runway().toString()));
    }

    private boolean isOfPlans(DunningPolicy dunningPolicy) {
        Object plans = dunningPolicy.rules().stream()
                .map(rule -> rule.planId().toString())
                .toArray(String[]::new);
        return sql.one(
                        "select count(*)::int as known from plan where id = any (?::uuid[])",
                        row -> row.whole("known"),
                        plans)
                == dunningPolicy.rules().size();
    }

    private static String rules(DunningPolicy dunningPolicy) {
        return String.join(
                ", ",
                dunningPolicy.rules().stream()
                        .map(rule -> rule.planId() + " SUSPEND " + text(rule.suspendMore()) + " TERMINATE "
                                + text(rule.terminateMore())
                                + rule.charging()
                                        .map(charged -> charged ? " charged" : " not charged")
                                        .orElse(""))
                        .toList());
    }

    private static String text(Optional<Integer> more) {
        return more.map(days -> "+" + days).orElse("never");
    }

    private static String text(DunningPolicy dunningPolicy) {
        return String.join(
                ", ",
                dunningPolicy.steps().stream()
                        .map(dunningStep -> dunningStep.act() + " " + dunningStep.days()
                                + dunningStep.fee().map(DunningPolicies::text).orElse(""))
                        .toList());
    }

    private static String text(LateFee fee) {
        return fee.percent()
                .map(percent -> " for " + percent.toPlainString() + " %, at most " + fee.most())
                .orElseGet(() -> " for " + fee.most());
    }
}
