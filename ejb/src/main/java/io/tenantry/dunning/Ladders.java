package io.tenantry.dunning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The versions of a reseller's ladder: the last one holds for everybody, also for those who stand on one of its steps already. */
@Stateless
public class Ladders {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Debts debts;

    /** For the container. */
    public Ladders() {}

    /** For use outside a container. */
    Ladders(Sql sql, Clock clock, Access access, AuditTrail audit, Debts debts) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.debts = debts;
    }

    /** A ladder and its number. */
    public record Version(int number, Ladder ladder) {}

    /** Who made which version, and when. */
    public record Made(int number, Instant at, String by) {}

    /** How publishing ended. */
    public enum Outcome {
        DONE,
        /** Something is wrong with it; see {@link Ladder#faults}. */
        INVALID,
        /** A rule is for a plan that there is not. */
        UNKNOWN_PLAN,
        /** It is the one that is in force. */
        UNCHANGED,
        /** Somebody else has made another meanwhile. */
        OUTDATED
    }

    /** The one in force. */
    public Version current() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return debts.inForce();
    }

    /** Who made the last versions, the newest first. */
    public List<Made> made(int limit) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return sql.query(
                "select version, made_at, made_by from dunning_ladder order by version desc limit ?",
                row -> new Made(row.whole("version"), row.instant("made_at"), row.text("made_by")),
                limit);
    }

    /**
     * Puts another in force, for everybody and from now on.
     *
     * @param known the number of the one that whoever made it had before them
     */
    public Outcome publish(int known, Ladder ladder) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (!ladder.faults().isEmpty()) {
            return Outcome.INVALID;
        }
        if (!isOfPlans(ladder)) {
            return Outcome.UNKNOWN_PLAN;
        }
        if (debts.inForce().equals(new Version(known, ladder))) {
            return Outcome.UNCHANGED;
        }
        var number = known + 1;
        var added = sql.update(
                """
                insert into dunning_ladder (version, made_at, made_by, charges_suspended, suspends_by)
                select ?, ?, ?, ?, ?
                 where ? = (select max(version) from dunning_ladder)
                on conflict do nothing
                """, number, clock.instant(), Actors.require().name(), ladder.isCharging(), ladder.by(), known);
        if (added == 0) {
            return Outcome.OUTDATED;
        }
        for (var i = 0; i < ladder.rungs().size(); i++) {
            var rung = ladder.rungs().get(i);
            sql.update(
                    """
                    insert into dunning_rung (version, position, act, nth, days, fee_percent, fee_most, fee_currency)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    number,
                    i + 1,
                    rung.act(),
                    rung.nth(),
                    rung.days(),
                    rung.fee().flatMap(LateFee::percent).orElse(null),
                    rung.fee().map(fee -> fee.most().amount()).orElse(null),
                    rung.fee().map(fee -> fee.most().currency()).orElse(null));
        }
        for (var rule : ladder.rules()) {
            sql.update(
                    """
                    insert into dunning_plan_rule (version, plan_id, suspend_more, terminate_more, charges_suspended)
                    values (?, ?, ?, ?, ?)
                    """,
                    number,
                    rule.planId(),
                    rule.suspendMore().orElse(null),
                    rule.terminateMore().orElse(null),
                    rule.charging().orElse(null));
        }
        for (var hours : ladder.runway()) {
            sql.update("insert into dunning_runway (version, hours) values (?, ?)", number, hours);
        }
        audit.record(
                "dunning.ladder_published",
                "dunning_ladder",
                Integer.toString(number),
                Map.of(
                        "steps",
                        text(ladder),
                        "charges_suspended",
                        ladder.isCharging(),
                        "suspends_by",
                        ladder.by(),
                        "plans",
                        rules(ladder),
                        "runway_hours",
                        ladder.runway().toString()));
        return Outcome.DONE;
    }

    private boolean isOfPlans(Ladder ladder) {
        Object plans =
                ladder.rules().stream().map(rule -> rule.planId().toString()).toArray(String[]::new);
        return sql.one(
                        "select count(*)::int as known from plan where id = any (?::uuid[])",
                        row -> row.whole("known"),
                        plans)
                == ladder.rules().size();
    }

    private static String rules(Ladder ladder) {
        return String.join(
                ", ",
                ladder.rules().stream()
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

    private static String text(Ladder ladder) {
        return String.join(
                ", ",
                ladder.rungs().stream()
                        .map(rung -> rung.act() + " " + rung.days()
                                + rung.fee().map(Ladders::text).orElse(""))
                        .toList());
    }

    private static String text(LateFee fee) {
        return fee.percent()
                .map(percent -> " for " + percent.toPlainString() + " %, at most " + fee.most())
                .orElseGet(() -> " for " + fee.most());
    }
}
