package io.tenantry.dunning;

import io.tenantry.cloud.provisioning.SuspensionMethod;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads debts and the current dunning policy, within the caller's transaction; checks no permission. */
@ApplicationScoped
public class DunningCases {
    private static final String WALLETS = """
            select w.id, w.organization_id, o.name, w.balance, w.credit_limit, w.hourly_cost, w.currency,
                   e.id as episode, e.started_at, p.reason, p.until, p.created_at, p.created_by,
                   array(select r.hours::text from dunning_reminder r where r.wallet_id = w.id and r.over_at is null) as told
              from wallet w
              join organization o on o.id = w.organization_id
              left join dunning_case e on e.wallet_id = w.id and e.ended_at is null
              left join dunning_pause p on p.organization_id = w.organization_id and p.lifted_at is null
            """;

    private static final String STEPS = """
            select case_id, action, nth, turn, taken_at, reached_at
              from dunning_step
             where case_id = any (?::uuid[])
             order by taken_at, id
            """;

    /**
     * Services concerned by a debt. Excludes those that staff have resumed, or suspended themselves, and those already scheduled for
     * termination.
     */
    private static final String SERVICES = """
            select s.wallet_id, s.id, s.name, s.plan_id, t.turn,
                   greatest(coalesce(s.activated_at, s.ordered_at),
                            (select max(v.at) from service_event v where v.service_id = s.id and v.event = 'resumed')) as since
              from service s
              left join dunning_case e on e.wallet_id = s.wallet_id and e.ended_at is null
              left join dunning_suspension d on d.case_id = e.id and d.service_id = s.id
              left join dunning_step t on t.id = d.step_id
             where s.wallet_id = any (?::uuid[])
               and (s.state = 'ACTIVE' and d.service_id is null
                    or s.state = 'SUSPENDED' and s.suspended_for_debt
                       and d.service_id is not null and d.resumed_at is null and d.ended_at is null and d.end_step_id is null)
             order by s.ordered_at, s.id
            """;

    /** Each step of the policy combined with each plan rule. */
    private static final String LADDER = """
            select l.version, l.charges_suspended as charging, l.suspends_by, r.action, r.nth, r.days, r.fee_percent, r.fee_max,
                   r.fee_currency as currency, p.plan_id, p.extra_suspend_days, p.extra_terminate_days, p.charges_suspended,
                   array(select y.hours::text from dunning_reminder_rule y where y.version = l.version) as runway
              from dunning_policy l
              join dunning_policy_step r on r.version = l.version
              left join dunning_plan_rule p on p.version = l.version
             where l.version = (select max(version) from dunning_policy)
             order by r.position
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public DunningCases() {}

    /** For use outside a container. */
    DunningCases(Sql sql) {
        this.sql = sql;
    }

    /** Returns the current policy. */
    DunningPolicies.Version inForce() {
        var rows = sql.query(
                LADDER,
                row -> new Read(
                        row.whole("version"),
                        row.flag("charging"),
                        step(row),
                        rule(row),
                        hours(row, "runway"),
                        SuspensionMethod.valueOf(row.text("suspends_by"))));
        return new DunningPolicies.Version(
                rows.get(0).version(),
                new DunningPolicy(
                        rows.stream().map(Read::step).distinct().toList(),
                        rows.get(0).isCharging(),
                        rows.stream()
                                .flatMap(row -> row.rule().stream())
                                .distinct()
                                .toList(),
                        rows.get(0).runway(),
                        rows.get(0).by()));
    }

    private record Read(
            int version,
            boolean isCharging,
            DunningStep step,
            Optional<PlanDunningRule> rule,
            List<Integer> runway,
            SuspensionMethod by) {}

    private static List<Integer> hours(Row row, String column) {
        return row.texts(column).stream().map(Integer::valueOf).toList();
    }

    private static DunningStep step(Row row) {
        return new DunningStep(
                DunningAction.valueOf(row.text("action")),
                row.whole("nth"),
                row.whole("days"),
                row.maybeDecimal("fee_max")
                        .map(most -> new LateFee(row.maybeDecimal("fee_percent"), money(row, "fee_max"))));
    }

    private static Optional<PlanDunningRule> rule(Row row) {
        return row.maybeUuid("plan_id")
                .map(plan -> new PlanDunningRule(
                        plan,
                        row.maybeWhole("extra_suspend_days"),
                        row.maybeWhole("extra_terminate_days"),
                        row.maybeFlag("charges_suspended")));
    }

    /** Returns open recorded debts, page by page. */
    List<DunningCase> open(UUID after, int limit) {
        return read(" where e.id is not null and w.id > ? order by w.id limit ?", after, limit);
    }

    /** Returns the state of a wallet. */
    Optional<DunningCase> of(UUID walletId) {
        return read(" where w.id = ?", walletId).stream().findFirst();
    }

    /** Returns the states of an organization's wallets. */
    List<DunningCase> ofOrganization(UUID organizationId) {
        return read(" where w.organization_id = ? order by w.currency", organizationId);
    }

    /**
     * Returns wallets that are in debt, will be within that many hours at the current hourly cost, or have a short runway; greatest debt first.
     *
     * @param runway the maximum runway; zero if it does not matter
     */
    List<DunningCase> near(int hours, int runway, int limit) {
        return read("""
                 where e.id is not null
                    or w.balance + w.credit_limit < w.hourly_cost * ?
                    or w.balance < -w.credit_limit
                    or w.balance > 0 and w.balance < w.hourly_cost * ?
                 order by e.started_at, w.currency, w.balance + w.credit_limit, w.id
                 limit ?
                """, hours, runway, limit);
    }

    private List<DunningCase> read(String which, @Nullable Object... parameters) {
        var found = sql.query(WALLETS + which, row -> debt(row), parameters);
        if (found.isEmpty()) {
            return found;
        }
        var steps = grouped(
                STEPS,
                row -> Map.entry(row.uuid("case_id"), taken(row)),
                found.stream()
                        .flatMap(dunningCase -> dunningCase.episodeId().stream())
                        .toList());
        var services = grouped(
                SERVICES,
                row -> Map.entry(row.uuid("wallet_id"), status(row)),
                found.stream().map(DunningCase::walletId).toList());
        return found.stream()
                .map(dunningCase -> dunningCase.with(
                        dunningCase.episodeId().map(steps::get).orElse(List.of()),
                        services.getOrDefault(dunningCase.walletId(), List.of())))
                .toList();
    }

    private <T> Map<UUID, List<T>> grouped(String query, Function<Row, Map.Entry<UUID, T>> read, List<UUID> of) {
        if (of.isEmpty()) {
            return Map.of();
        }
        Object ids = of.stream().map(UUID::toString).toArray(String[]::new);
        return sql.query(query, read, ids).stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static DunningStatus status(Row row) {
        return new DunningStatus(
                row.uuid("id"), row.text("name"), row.uuid("plan_id"), row.instant("since"), row.maybeWhole("turn"));
    }

    static StepTaken taken(Row row) {
        return new StepTaken(
                DunningAction.valueOf(row.text("action")),
                row.whole("nth"),
                row.whole("turn"),
                row.instant("taken_at"),
                row.maybeInstant("reached_at"));
    }

    private static DunningCase debt(Row row) {
        return new DunningCase(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.text("name"),
                money(row, "balance"),
                money(row, "credit_limit"),
                money(row, "hourly_cost"),
                row.maybeUuid("episode"),
                row.maybeInstant("started_at"),
                List.of(),
                row.maybeText("reason")
                        .map(reason -> new DunningPause(
                                reason, row.instant("until"), row.instant("created_at"), row.text("created_by"))),
                List.of(),
                hours(row, "told"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
