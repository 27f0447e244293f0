package io.tenantry.dunning;

import io.tenantry.dunning.DunningPolicy.ForecastStep;
import io.tenantry.dunning.DunningPolicy.Next;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.audit.Reason;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Dunning as shown to people: upcoming steps, steps taken, and the effect of another policy; also pauses of dunning. */
@Stateless
public class Dunning {
    /** Number of days of the forecast. */
    public static final int DAYS_AHEAD = 30;

    /** Time after the start of a debt by which all steps are taken, under any policy. */
    private static final Duration WHOLE = Duration.ofDays(20L * DunningStep.DAYS_MAX);

    /** Maximum length of a pause. */
    public static final Duration PAUSE_MAX = Duration.ofDays(DunningStep.DAYS_MAX);

    private static final int WALLETS_MAX = 500;
    private static final int STEPS_MAX = 200;
    private static final String NO_REASON = "dunning is paused for a reason, and goes on for another";

    private static final String DONE = """
            select s.*, m.sent, m.waiting, m.failed
              from (
                select s.id, e.started_at, e.ended_at, s.action, s.nth, s.turn, s.version, s.taken_at, s.reached_at, s.currency, s.shortfall,
                       s.fee, s.mail_keys,
                       array(select v.name
                               from dunning_suspension d
                               join service v on v.id = d.service_id
                              where d.case_id = e.id and s.id in (d.step_id, d.end_step_id)
                              order by v.ordered_at, v.id) as services,
                       (select count(*)::int from dunning_suspension d where d.step_id = s.id and d.suspended_by = 'NETWORK') as cut_off
                  from dunning_case e
                  join wallet w on w.id = e.wallet_id and w.organization_id = ?
                  join dunning_step s on s.case_id = e.id
                 union all
                select r.id, r.notified_at, r.over_at, 'RUNWAY', r.hours, 1, r.version, r.notified_at, null, r.currency, -r.balance, 0,
                       r.mail_keys, '{}'::text[], 0
                  from dunning_reminder r
                  join wallet w on w.id = r.wallet_id and w.organization_id = ?
                 where r.mail_keys <> '{}') s
             cross join lateral (
               select (count(*) filter (where state in ('SENT', 'KEPT')))::int as sent,
                      (count(*) filter (where state = 'WAITING'))::int as waiting,
                      (count(*) filter (where state = 'FAILED'))::int as failed
                 from mail
                where idempotency_key = any (s.mail_keys)) m
             order by s.taken_at desc, s.id desc
             limit ?
            """;

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
    public Dunning() {}

    /** For use outside a container. */
    Dunning(Sql sql, Clock clock, Access access, AuditTrail audit, DunningCases dunningCases) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.dunningCases = dunningCases;
    }

    /**
     * Forecast for a wallet without incoming money.
     *
     * @param next the next step; empty if there is none, or it is never in debt
     * @param begins when it is in debt; empty if it never is
     * @param ahead the expected steps, earliest first
     * @param kept services that are never suspended for the debt
     */
    public record DunningForecast(
            DunningCase debt,
            Optional<Next> next,
            Optional<Instant> begins,
            List<ForecastStep> ahead,
            List<DunningStatus> kept) {
        public DunningForecast {
            ahead = List.copyOf(ahead);
            kept = List.copyOf(kept);
        }

        /** Returns when that action takes place; empty if it is not within the forecast. */
        public Optional<Instant> when(DunningAction dunningAction) {
            return ahead.stream()
                    .filter(coming -> coming.step().act() == dunningAction)
                    .map(ForecastStep::at)
                    .findFirst();
        }

        /** Whether that action affects only some services, and others later or never. */
        public boolean isPartly(DunningAction dunningAction) {
            var concerned = debt.services().stream()
                    .filter(one -> one.isOff() == (dunningAction == DunningAction.TERMINATE))
                    .count();
            return ahead.stream()
                    .filter(coming -> coming.step().act() == dunningAction)
                    .findFirst()
                    .filter(coming -> coming.services().size() < concerned)
                    .isPresent();
        }

        /** Whether the emails of the last step have not been sent, so that no further step is taken. */
        public boolean isHeldUp() {
            return debt.isOpen() && next.isPresent() && next.get().at().isEmpty();
        }

        /** Whether services are suspended for the debt. */
        public boolean isSuspended() {
            return debt.isOpen() && debt.taken().stream().anyMatch(one -> one.act() == DunningAction.SUSPEND);
        }

        /** Whether other services are still running. */
        public boolean isPartlySuspended() {
            return isSuspended() && debt.services().stream().anyMatch(one -> !one.isOff());
        }
    }

    /** An upcoming step for an organization. */
    public record UpcomingStep(DunningForecast forecast, ForecastStep step) {
        /** Returns the upcoming steps of all organizations, by time. */
        public static List<UpcomingStep> of(List<DunningForecast> forecasts) {
            return forecasts.stream()
                    .flatMap(dunningForecast ->
                            dunningForecast.ahead().stream().map(step -> new UpcomingStep(dunningForecast, step)))
                    .sorted(Comparator.comparing((UpcomingStep upcomingStep) ->
                                    upcomingStep.step().at())
                            .thenComparing(upcomingStep ->
                                    upcomingStep.forecast().debt().organization()))
                    .toList();
        }
    }

    /** Effect of another policy on a debt. */
    public record PolicyComparison(DunningCase debt, List<ForecastStep> now, List<ForecastStep> then) {
        /** Whether the forecasts differ. */
        public boolean isOther() {
            return !now.equals(then);
        }
    }

    /**
     * A step that was taken, or a reminder before there was a debt.
     *
     * @param since the start of the debt; for a reminder, when it was sent
     * @param until the end of the debt; empty if it is open; for a reminder, when the runway exceeded its hours again
     * @param missing the overdue amount at that time; for a reminder negative, the remaining balance
     * @param fee the late fee; zero if there was none
     * @param sent number of emails sent
     * @param services names of those that it suspended or terminated
     * @param cutOff number of them that were cut off from the network instead of switched off
     */
    public record StepHistory(
            Instant since,
            Optional<Instant> until,
            StepTaken step,
            int policy,
            Money missing,
            Money fee,
            int sent,
            int waiting,
            int failed,
            List<String> services,
            int cutOff) {
        public StepHistory {
            services = List.copyOf(services);
        }
    }

    /**
     * Returns the forecasts for an organization's wallets, for its members and for staff. For a current or imminent debt they include all
     * following steps, however late, because services of some plans have long periods.
     */
    public List<DunningForecast> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var dunningPolicy = current();
        var soon = soon();
        return dunningCases.ofOrganization(organizationId).stream()
                .map(dunningCase -> forecast(
                        dunningCase,
                        dunningPolicy,
                        dunningCase
                                .begins(clock.instant())
                                .filter(begins -> !begins.isAfter(soon))
                                .map(near -> near.plus(WHOLE))
                                .orElse(soon)))
                .toList();
    }

    /** Returns the steps taken, newest first. */
    public List<StepHistory> history(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return sql.query(DONE, Dunning::done, organizationId, organizationId, STEPS_MAX);
    }

    /** Returns wallets near or in debt, longest debt first. */
    public List<DunningForecast> near() {
        access.require(Permission.STAFF_BILLING_VIEW);
        var dunningPolicy = current();
        return dunningCases.near(hours(), hours(dunningPolicy), WALLETS_MAX).stream()
                .map(dunningCase -> forecast(dunningCase, dunningPolicy))
                .toList();
    }

    /** Returns the effect of another policy if it applied from now on. Changes nothing. */
    public List<PolicyComparison> compare(DunningPolicy other) {
        access.require(Permission.STAFF_BILLING_VIEW);
        if (!other.faults().isEmpty()) {
            throw new IllegalArgumentException("invalid dunning policy: " + other.faults());
        }
        var dunningPolicy = current();
        return dunningCases.near(hours(), Math.max(hours(dunningPolicy), hours(other)), WALLETS_MAX).stream()
                .map(dunningCase -> new PolicyComparison(
                        dunningCase,
                        forecast(dunningCase, dunningPolicy).ahead(),
                        forecast(dunningCase, other).ahead()))
                .filter(policyComparison -> !policyComparison.now().isEmpty()
                        || !policyComparison.then().isEmpty())
                .toList();
    }

    /**
     * Pauses dunning of an organization until then. Suspended services stay suspended.
     *
     * @return false if that time is over already, or too far away
     */
    public boolean pause(UUID organizationId, String reason, Instant until) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        var why = Reason.kept(reason, NO_REASON);
        var now = clock.instant();
        if (!until.isAfter(now) || until.isAfter(now.plus(PAUSE_MAX))) {
            return false;
        }
        var unused = lift(organizationId, now);
        sql.update(
                """
                insert into dunning_pause (id, organization_id, reason, until, created_at, created_by)
                values (?, ?, ?, ?, ?, ?)
                """,
                Ids.next(clock),
                organizationId,
                why,
                until,
                now,
                Actors.require().name());
        audit.record(
                "dunning.paused", "organization", organizationId.toString(), Map.of("reason", why, "until", until));
        return true;
    }

    /**
     * Ends a pause: steps that became due in the meantime are taken.
     *
     * @return false if there is none
     */
    public boolean goOn(UUID organizationId) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        if (lift(organizationId, clock.instant()) == 0) {
            return false;
        }
        audit.record("dunning.resumed", "organization", organizationId);
        return true;
    }

    private int lift(UUID organizationId, Instant at) {
        var isThere = sql.first(
                        "select id from organization where id = ? for no key update",
                        row -> row.uuid("id"),
                        organizationId)
                .isPresent();
        if (!isThere) {
            throw new NotFoundException("organization", organizationId);
        }
        return sql.update(
                "update dunning_pause set lifted_at = ?, lifted_by = ? where organization_id = ? and lifted_at is null",
                at,
                Actors.require().name(),
                organizationId);
    }

    private DunningPolicy current() {
        return dunningCases.inForce().policy();
    }

    private Instant soon() {
        return clock.instant().plus(Duration.ofDays(DAYS_AHEAD));
    }

    private DunningForecast forecast(DunningCase dunningCase, DunningPolicy dunningPolicy) {
        return forecast(dunningCase, dunningPolicy, soon());
    }

    private DunningForecast forecast(DunningCase dunningCase, DunningPolicy dunningPolicy, Instant until) {
        var now = clock.instant();
        var timeline = dunningCase.timeline(now);
        return new DunningForecast(
                dunningCase,
                timeline.flatMap(one -> dunningPolicy.next(one, now)),
                dunningCase.begins(now),
                Stream.concat(
                                dunningPolicy.remindersAhead(dunningCase, now, until).stream(),
                                timeline.stream().flatMap(one -> dunningPolicy.ahead(one, now, until).stream()))
                        .sorted(Comparator.comparing(ForecastStep::at))
                        .toList(),
                dunningPolicy.kept(dunningCase.services()));
    }

    private static int hours() {
        return DAYS_AHEAD * 24;
    }

    /** Returns the maximum runway of a wallet for which a reminder is within the forecast; zero if there are no reminders. */
    private static int hours(DunningPolicy dunningPolicy) {
        return dunningPolicy.runway().isEmpty()
                ? 0
                : hours() + dunningPolicy.runway().get(0);
    }

    private static StepHistory done(Row row) {
        return new StepHistory(
                row.instant("started_at"),
                row.maybeInstant("ended_at"),
                DunningCases.taken(row),
                row.whole("version"),
                new Money(row.decimal("shortfall"), Currency.getInstance(row.text("currency"))),
                new Money(row.decimal("fee"), Currency.getInstance(row.text("currency"))),
                row.whole("sent"),
                row.whole("waiting"),
                row.whole("failed"),
                row.texts("services"),
                row.whole("cut_off"));
    }
}
