package io.tenantry.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.kernel.money.Money;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A year of customers who pay irregularly, of staff who suspend and pause, of undeliverable emails, of platform outages, and of a policy that
 * is changed in the middle, with plans that have more days or are exempt and servers that change plans. {@code -Dtenantry.test.debts=SEEDS}
 * runs more of them.
 */
@Tag("full")
class YearOfDebtsTest {
    private static final int DAYS = 365;
    private static final int CUSTOMERS = 6;

    /** Warnings that came too early, and steps that were taken before the emails of the previous step had been sent, or that were skipped. */
    private static final String TOO_EARLY = """
            select e.id || ' ' || s.action || s.nth
              from %s.dunning_step s
              join %s.dunning_case e on e.id = s.case_id
              join %s.dunning_policy_step r on r.version = s.version and r.action = s.action and r.nth = s.nth
              left join lateral (
                select b.reached_at
                  from %s.dunning_step b
                 where b.case_id = s.case_id and b.id < s.id
                 order by b.id desc
                 limit 1) b on true
             where s.action in ('REMIND', 'FINAL_NOTICE') and s.taken_at < e.started_at + interval '1 day' * r.days
                or exists (select from %s.dunning_step b
                            where b.case_id = s.case_id and b.id < s.id
                              and (b.reached_at is null or b.reached_at > s.taken_at))
                or s.action in ('REMIND', 'FINAL_NOTICE') and b.reached_at is not null and s.taken_at < b.reached_at + interval '1 day' * r.days
                or exists (select from %s.dunning_policy_step p
                            where p.version = s.version and p.position < r.position
                              and not exists (select from %s.dunning_step b
                                               where b.case_id = s.case_id and b.action = p.action and b.nth = p.nth
                                                 and b.id < s.id))
            """;

    private static final String ENDED_UNWARNED = """
            select d.service_id
              from %s.dunning_suspension d
             where d.ended_at is not null
               and not exists (select from %s.dunning_step s
                                where s.case_id = d.case_id and s.action = 'FINAL_NOTICE' and s.reached_at < d.ended_at)
            """;

    /** Services whose turn came before all days of their plan had passed, or that should never have had one. */
    private static final String NOT_DUE = """
            select d.service_id || ' ' || s.action || s.turn
              from %s.dunning_suspension d
              join %s.dunning_step o on o.id = d.step_id
              join %s.dunning_step s on s.id in (d.step_id, d.end_step_id) and s.taken_at = '{now}'
              join %s.service v on v.id = d.service_id
              join %s.dunning_policy_step r on r.version = s.version and r.action = s.action
              left join %s.dunning_plan_rule p on p.version = s.version and p.plan_id = v.plan_id
             cross join lateral (
               select max(b.reached_at) as at
                 from %s.dunning_step b
                where b.case_id = s.case_id and b.action in ('REMIND', 'FINAL_NOTICE') and b.id < s.id) w
             cross join lateral (
               select coalesce(sum(b.reached_at - b.taken_at), interval '0') as span
                 from %s.dunning_step b
                where b.case_id = s.case_id and b.action = s.action and b.id < s.id) l
             where p.plan_id is not null and case s.action when 'SUSPEND' then p.extra_suspend_days else p.extra_terminate_days end is null
                or s.action = 'SUSPEND'
                   and s.taken_at < greatest(w.at, v.activated_at) + l.span
                                    + interval '1 day' * (r.days + coalesce(p.extra_suspend_days, 0))
                or s.action = 'TERMINATE'
                   and (o.reached_at is null
                        or s.taken_at < greatest(w.at, o.reached_at) + l.span
                                        + interval '1 day' * (r.days + coalesce(p.extra_terminate_days, 0)))
            """;

    /** Services that are running although their turn came and nothing delayed it. */
    private static final String FORGOTTEN = """
            select v.id
              from %s.service v
              join %s.dunning_case e on e.wallet_id = v.wallet_id and e.ended_at is null
              join %s.dunning_policy n on n.version = (select max(version) from %s.dunning_policy)
              join %s.dunning_policy_step r on r.version = n.version and r.action = 'SUSPEND'
              left join %s.dunning_plan_rule p on p.version = n.version and p.plan_id = v.plan_id
             cross join lateral (
               select max(b.reached_at) filter (where b.action in ('REMIND', 'FINAL_NOTICE')) as warned,
                      bool_or(b.action = 'FINAL_NOTICE') as is_noticed,
                      bool_and(b.reached_at is not null) as is_heard,
                      bool_or(b.taken_at = '{now}') as is_taken,
                      coalesce(sum(b.reached_at - b.taken_at) filter (where b.action = 'SUSPEND'), interval '0') as span
                 from %s.dunning_step b
                where b.case_id = e.id) s
             where v.state = 'ACTIVE'
               and (p.plan_id is null or p.extra_suspend_days is not null)
               and s.is_noticed and s.is_heard and not s.is_taken
               and not exists (select from %s.dunning_suspension d where d.case_id = e.id and d.service_id = v.id)
               and not exists (select from %s.dunning_pause h
                                join %s.wallet w on w.organization_id = h.organization_id
                                where w.id = v.wallet_id and h.lifted_at is null and h.until > '{now}')
               and greatest(s.warned, v.activated_at) + s.span + interval '1 day' * (r.days + coalesce(p.extra_suspend_days, 0))
                   <= '{now}'
            """;

    private static final String NOT_BACK = """
            select s.id
              from %s.service s
              join %s.wallet w on w.id = s.wallet_id
             where s.suspended_for_debt
               and s.state = 'SUSPENDED'
               and not exists (select from %s.dunning_case e where e.wallet_id = w.id and e.ended_at is null)
            """;

    private static final String PAUSED = """
            select s.id
              from %s.dunning_step s
              join %s.dunning_case e on e.id = s.case_id
              join %s.wallet w on w.id = e.wallet_id
              join %s.dunning_pause p on p.organization_id = w.organization_id
             where s.taken_at > p.created_at and s.taken_at < least(p.until, p.lifted_at)
            """;

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("tenantry.test.debts", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void followsThePolicyForAYear(long seed) {
        var year = new Year(seed);
        for (var day = 0; day < DAYS; day++) {
            year.day(day);
        }
        assertThat(year.query(TOO_EARLY)).isEmpty();
        assertThat(year.query(ENDED_UNWARNED)).isEmpty();
        assertThat(year.query(PAUSED)).isEmpty();
        assertThat(year.dunningFixture.renting.billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(year.dunningFixture.renting.billingFixture.tenant))
                .isEmpty();
        assertThat(year.query("select distinct action from %s.dunning_step"))
                .as("every kind of event occurred")
                .containsExactlyInAnyOrder("REMIND", "FINAL_NOTICE", "SUSPEND", "TERMINATE");
        assertThat(year.query("select 1 from %s.dunning_suspension where resumed_at is not null"))
                .isNotEmpty();
        assertThat(year.query("select action from %s.dunning_step where turn > 1 group by action"))
                .as("suspensions in turns")
                .containsExactlyInAnyOrder("SUSPEND", "TERMINATE");
        assertThat(year.query("select distinct action from %s.dunning_step where fee > 0"))
                .contains("FINAL_NOTICE", "SUSPEND");
    }

    /** One simulated year. */
    private static final class Year {
        private final Random random;
        private final DunningFixture dunningFixture;
        private final List<UUID> wallets = new ArrayList<>();
        private final List<UUID> prices = new ArrayList<>();
        private final Set<UUID> theirs = new HashSet<>();

        Year(long seed) {
            random = new Random(seed);
            dunningFixture = new DunningFixture("year-" + seed);
            dunningFixture.renting.billingFixture.clock.stopAt(DunningFixture.NOON);
            prices.add(dunningFixture.price);
            prices.add(dunningFixture.renting.billingFixture.price("7.30"));
            prices.add(dunningFixture.renting.billingFixture.price("7.30"));
            publish(DunningPolicyTest.policy("R1 R3 F3 S3"), 1 + random.nextInt(9), 0);
            for (var i = 0; i < CUSTOMERS; i++) {
                var wallet = dunningFixture.customer("1");
                dunningFixture.rent(wallet);
                dunningFixture.rent(wallet, anyPrice());
                wallets.add(wallet);
            }
        }

        List<String> query(String query) {
            return dunningFixture.texts(query);
        }

        private UUID anyPrice() {
            return prices.get(random.nextInt(prices.size()));
        }

        /**
         * Publishes a policy with a plan whose servers have more days and are free while they are off, and one whose servers are never
         * suspended.
         */
        private void publish(DunningPolicy dunningPolicy, int suspendMore, int terminateMore) {
            var rules = List.of(
                    new PlanDunningRule(
                            dunningFixture.plan(prices.get(1)),
                            Optional.of(suspendMore),
                            Optional.of(terminateMore),
                            Optional.of(false)),
                    new PlanDunningRule(
                            dunningFixture.plan(prices.get(2)), Optional.empty(), Optional.of(0), Optional.empty()));
            var ruled = new DunningPolicy(dunningPolicy.steps(), dunningPolicy.isCharging(), rules);
            var published = dunningFixture.renting.billingFixture.<DunningPolicies.Outcome>in(
                    () -> dunningFixture.dunningPolicies.publish(
                            dunningFixture.dunningCases.inForce().number(), ruled));
            assertThat(published).isEqualTo(DunningPolicies.Outcome.DONE);
        }

        void day(int day) {
            dunningFixture.advance(Duration.ofMinutes(24 * 60 - 300 + random.nextInt(600)));
            var isAsleep = day % 90 > 80;
            if (day == 180) {
                publish(withFee("R1 R2 F4 S2 T10"), 5, 9);
            }
            if (day == 270) {
                Collections.swap(prices, 0, 2);
                publish(withFee("R1 R2 F4 S3 T10"), 2, 20);
            }
            staff();
            if (!isAsleep && random.nextInt(4) > 0) {
                mails();
            }
            customers();
            if (!isAsleep) {
                dunningFixture.runDunning();
                assertThat(query(NOT_BACK)).as("unsuspended after payment").isEmpty();
                var now = dunningFixture.renting.billingFixture.clock.instant().toString();
                assertThat(query(NOT_DUE.replace("{now}", now))).isEmpty();
                assertThat(query(FORGOTTEN.replace("{now}", now))).isEmpty();
            }
            theirs.forEach(
                    service -> assertThat(dunningFixture.texts("select state || coalesce(suspension_reason, '') from"
                                    + " %s.service where id = '" + service + "'"))
                            .as("suspensions by staff remain")
                            .containsExactly("SUSPENDEDabuse"));
        }

        private static DunningPolicy withFee(String steps) {
            var fee = new LateFee(Optional.of(BigDecimal.valueOf(3)), Money.of("2", "EUR"));
            var dunningSteps = DunningPolicyTest.policy(steps).steps().stream()
                    .map(dunningStep -> dunningStep.equals(new DunningStep(DunningAction.REMIND, 1, dunningStep.days()))
                                    || dunningStep.act() == DunningAction.TERMINATE
                            ? dunningStep
                            : dunningStep.withFee(fee))
                    .toList();
            return new DunningPolicy(dunningSteps, true);
        }

        private void mails() {
            if (random.nextInt(10) == 0) {
                dunningFixture.rejectMails();
            } else {
                Database.asOwner("update " + dunningFixture.renting.billingFixture.tenant.schema()
                        + ".mail set state = 'WAITING' where state = 'FAILED'");
                dunningFixture.deliver();
            }
        }

        private void customers() {
            for (var i = 0; i < wallets.size(); i++) {
                var wallet = wallets.get(i);
                if (i > 0 && random.nextInt(12 * i) == 0) {
                    if (random.nextBoolean()
                            && dunningFixture
                                    .renting
                                    .billingFixture
                                    .balance(wallet)
                                    .isNegative()) {
                        dunningFixture.payAll(wallet);
                    } else {
                        dunningFixture.pay(wallet, Integer.toString(1 + random.nextInt(20)));
                    }
                }
                if (random.nextInt(60) == 0) {
                    dunningFixture.rent(wallet, anyPrice());
                }
                if (random.nextInt(40) == 0) {
                    resize(wallet);
                }
            }
        }

        private void resize(UUID wallet) {
            dunningFixture
                    .texts("select id from %s.service where state = 'ACTIVE' and wallet_id = '" + wallet
                            + "' order by ordered_at, id")
                    .stream()
                    .map(UUID::fromString)
                    .findFirst()
                    .ifPresent(service -> dunningFixture.resize(wallet, service, anyPrice()));
        }

        private void staff() {
            var wallet = wallets.get(random.nextInt(wallets.size()));
            if (random.nextInt(40) == 0) {
                var until = dunningFixture
                        .renting
                        .billingFixture
                        .clock
                        .instant()
                        .plus(Duration.ofHours(1 + random.nextInt(500)));
                dunningFixture.renting.billingFixture.in(
                        () -> dunningFixture.dunning.pause(dunningFixture.organization(wallet), "promised", until));
            }
            if (random.nextInt(50) == 0) {
                dunningFixture
                        .texts("select id from %s.service where state = 'ACTIVE' and wallet_id = '" + wallet + "'")
                        .stream()
                        .map(UUID::fromString)
                        .findFirst()
                        .ifPresent(this::suspend);
            }
        }

        private void suspend(UUID service) {
            dunningFixture.renting.billingFixture.in(() -> {
                dunningFixture.renting.suspensions.suspend(service, "abuse");
                return theirs.add(service);
            });
        }
    }
}
