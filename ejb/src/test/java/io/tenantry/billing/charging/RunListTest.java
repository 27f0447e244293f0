package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs of two resellers that are never charged: each test creates them in a transaction that is rolled back. */
class RunListTest {
    private static final Instant NOON = Instant.parse("2031-01-10T12:00:00Z");
    private static final String ONE = "listed-one";
    private static final String OTHER = "listed-other";

    private final Sql sql = new Sql(Database.runtime());
    private final RunList list = new RunList(
            sql,
            Clock.fixed(NOON.plus(9, ChronoUnit.HOURS), ZoneOffset.UTC),
            new TenantDirectory(Database.administration()) {
                @Override
                public List<Tenant> all() {
                    return List.of(new Tenant(
                            new TenantId(ONE),
                            ONE,
                            Tenant.State.ACTIVE,
                            Currency.getInstance("EUR"),
                            ZoneOffset.UTC,
                            Locale.ENGLISH,
                            List.of(),
                            Instant.EPOCH));
                }
            });

    /**
     * Ten hourly runs of each; of the one reseller, which also sells in francs, the last is running, the one before
     * failed, and the first has the highest amount in euros.
     */
    private void among(Runnable question) {
        Database.rolledBack(Scope.WORK, () -> {
            for (var hour = 0; hour < 10; hour++) {
                run(
                        ONE,
                        hour,
                        hour == 9 ? "RUNNING" : hour == 8 ? "FAILED" : "DONE",
                        hour == 0 ? "{\"EUR\": 7.00000001}" : "{\"EUR\": 0.50000000, \"CHF\": " + hour + "}");
                run(OTHER, hour, "DONE", "{\"USD\": 1.25}");
            }
            question.run();
        });
    }

    private void run(String tenant, int hour, String state, String amounts) {
        var until = NOON.plus(hour, ChronoUnit.HOURS);
        var id = sql.one(
                """
                insert into charging_run (tenant, tenant_role, until, state, slices, ended_at)
                values (?, 'tn_nobody', ?, ?, 1, ?::timestamptz) returning id
                """,
                row -> row.big("id"),
                tenant,
                until,
                state.equals("FAILED") ? "RUNNING" : state,
                state.equals("DONE") ? until.plusSeconds(hour + 3) : null);
        sql.update("""
                insert into charging_slice (run_id, tenant_role, no, wallets_planned, wallets, state, node, services, hours,
                                            amounts, started_at, error)
                values (?, 'tn_nobody', 0, 8, 2, ?, 'node-1', 3, 5, ?::jsonb, ?, ?)
                """, id, state, amounts, until, state.equals("FAILED") ? "no room" : null);
    }

    @Test
    void filtersByTenantAndState() {
        among(() -> {
            assertThat(hours(Map.of("tenant", ONE))).containsExactly(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
            assertThat(hours(Map.of("tenant", ONE, "state", "unfinished"))).containsExactly(9, 8);
            assertThat(hours(Map.of("tenant", ONE, "state", "running"))).containsExactly(9);
            assertThat(hours(Map.of("tenant", ONE, "state", "done"))).hasSize(8);
            assertThat(hours(Map.of("tenant", ONE, "state", "open"))).isEmpty();
            assertThat(hours(Map.of("tenant", OTHER, "state", "failed"))).isEmpty();
            assertThat(hours(Map.of("tenant", ONE, "state", "' or true --"))).isEmpty();
            assertThat(hours(Map.of("tenant", "listed-nobody"))).isEmpty();
        });
    }

    @Test
    void showsFailuresAndProgress() {
        among(() -> {
            var failed = list.rows(wish(Map.of("tenant", ONE, "state", "failed"), "", false));
            assertThat(failed).singleElement().satisfies(run -> {
                assertThat(run.state()).isEqualTo("FAILED");
                assertThat(run.error()).hasValue("no room");
            });
            var running = list.rows(wish(Map.of("tenant", ONE, "state", "running"), "", false));
            assertThat(running).singleElement().satisfies(run -> {
                assertThat(run.progressPercent()).isEqualTo(25);
                assertThat(run.nodes()).isEqualTo("node-1");
            });
        });
    }

    @Test
    void findsRunsByNumber() {
        among(() -> {
            var run = list.rows(wish(Map.of("tenant", ONE), "", false)).get(0);
            assertThat(list.contains(run.id())).isTrue();
            assertThat(list.contains(-1)).isFalse();
        });
    }

    @Test
    void sortsOnlyByKnownColumns() {
        among(() -> {
            assertThat(hours(wish(Map.of("tenant", ONE), "hour", false))).startsWith(0, 1, 2);
            assertThat(hours(wish(Map.of("tenant", ONE), "amount", true))).startsWith(0);
            assertThat(hours(wish(Map.of("tenant", ONE), "state", false))).startsWith(8, 9);
            assertThat(hours(wish(Map.of("tenant", OTHER), "took", true))).startsWith(9, 8, 7);
            assertThat(hours(wish(Map.of("tenant", ONE), "services", true))).hasSize(10);
            assertThat(hours(wish(Map.of("tenant", ONE), "hours", true))).hasSize(10);
            assertThat(hours(wish(Map.of("tenant", ONE), "1; drop table charging_run", true)))
                    .startsWith(9, 8, 7);
        });
    }

    /** Nine francs are not more than half a euro: amounts are compared within a currency, a reseller's by its own one. */
    @Test
    void sortsAmountsByCurrency() {
        among(() -> {
            assertThat(hours(wish(Map.of("tenant", ONE), "amount", false))).endsWith(0);
            var all =
                    list.rows(wish(Map.of("hour", NOON.plus(3, ChronoUnit.HOURS).toString()), "amount", true));
            assertThat(all)
                    .extracting(RunQuery.RunSummary::tenant)
                    .containsExactly(new TenantId(OTHER), new TenantId(ONE));
            assertThat(all.get(1).amounts()).containsExactly(Money.of("3", "CHF"), Money.of("0.5", "EUR"));
        });
    }

    @Test
    void statesZeroInTheOwnCurrencyOnlyIfNothingWasCharged() {
        among(() -> {
            run(ONE, 11, "DONE", "{}");
            var runs = list.rows(wish(Map.of("tenant", ONE), "hour", true));
            var yen = Currency.getInstance("JPY");
            assertThat(runs.get(0).amounts()).isEmpty();
            assertThat(runs.get(0).amountsOrZero(yen)).containsExactly(Money.of("0", "JPY"));
            assertThat(runs.get(1).amountsOrZero(yen))
                    .isEqualTo(runs.get(1).amounts())
                    .hasSize(2);
        });
    }

    @Test
    void findsRunsOnlyByTheirIds() {
        among(() -> {
            var ids = list.rows(wish(Map.of("tenant", ONE), "", false)).stream()
                    .limit(2)
                    .map(run -> Long.toString(run.id()))
                    .toList();
            assertThat(hours(Map.of("only", String.join(",", ids)))).containsExactly(9, 8);
            assertThat(hours(Map.of("only", ids.get(0) + ",x,' or true"))).containsExactly(9);
            assertThat(hours(Map.of("only", ","))).isEmpty();
        });
    }

    @Test
    void pagesThroughTheList() {
        among(() -> {
            var listQuery = wish(Map.of("tenant", ONE), "", false);
            var first = list.find(listQuery.part(0, 4));
            assertThat(first.total()).isEqualTo(10);
            assertThat(hours(listQuery.part(4, 4))).containsExactly(5, 4, 3, 2);
            assertThat(hours(listQuery.part(8, 4))).containsExactly(1, 0);
        });
    }

    @Test
    void filtersByHourAndLatest() {
        among(() -> {
            assertThat(hours(Map.of(
                            "tenant",
                            ONE,
                            "hour",
                            NOON.plus(3, ChronoUnit.HOURS).toString())))
                    .containsExactly(3);
            assertThat(hours(Map.of("hour", NOON.plus(3, ChronoUnit.HOURS).toString())))
                    .containsExactly(3, 3);
            assertThat(hours(Map.of("hour", "' or true --"))).isEmpty();
            assertThat(hours(Map.of("hour", "+999999999-01-01T00:00:00Z"))).isEmpty();
            assertThat(hours(Map.of("tenant", ONE, "within", "3"))).containsExactly(9, 8, 7);
        });
    }

    @Test
    void countsOfTheOverviewMatchTheirLists() {
        var runs = new RunQuery();
        runs.sql = sql;
        among(() -> {
            var figure = runs.chargedSince(NOON.plus(8, ChronoUnit.HOURS));
            var listed = list.rows(wish(Map.of("within", "1"), "", false));
            assertThat(figure)
                    .extracting(RunQuery.ChargedAmount::amounts)
                    .containsExactly(
                            List.of(Money.of("9", "CHF"), Money.of("0.5", "EUR")), List.of(Money.of("1.25", "USD")));
            assertThat(listed.stream().flatMap(run -> run.amounts().stream()))
                    .containsExactlyInAnyOrderElementsOf(figure.stream()
                            .flatMap(charged -> charged.amounts().stream())
                            .toList());
            for (var hour : runs.hoursSince(NOON.minusSeconds(1))) {
                assertThat(list.rows(wish(Map.of("hour", hour.until().toString()), "", false)).stream()
                                .mapToInt(RunQuery.RunSummary::services)
                                .sum())
                        .isEqualTo(hour.services())
                        .isPositive();
            }
        });
    }

    private List<Integer> hours(Map<String, String> filters) {
        return hours(wish(filters, "", false));
    }

    private List<Integer> hours(ListQuery listQuery) {
        return list.find(listQuery).rows().stream()
                .map(run -> (int) ChronoUnit.HOURS.between(NOON, run.until()))
                .toList();
    }

    private static ListQuery wish(Map<String, String> filters, String sort, boolean descending) {
        return new ListQuery("", filters, sort, descending, 0, 100);
    }
}
