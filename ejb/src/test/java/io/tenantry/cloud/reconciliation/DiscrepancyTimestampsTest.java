package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a demo's clock moves, scans of providers and their discrepancies age by as much. */
class DiscrepancyTimestampsTest {
    private static final TenantId TENANT = new TenantId("lookedat");

    /** Rows without their parents: only their times matter. */
    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
        Database.asOwner("""
                set session_replication_role = replica; set search_path = t_lookedat;
                insert into provider_scan (account, started_at, completed_at)
                values ('a', '2026-11-01T10:00Z', '2026-11-01T11:00Z'), ('b', '2026-11-01T10:00Z', null);
                insert into server_discrepancy (id, account, kind, provider_ref, resource_tag, name, expected, seen, times, first_seen_at, last_seen_at, since,
                                     seen_until, confirmed_at)
                values (gen_random_uuid(), 'a', 'DRIFT_POWER', '1', 'svc-1', 'web', 'on', 'off', 2, '2026-11-01T10:00Z',
                        '2026-11-01T11:00Z', '2026-11-01T10:00Z', '2026-11-01T11:00Z', '2026-11-01T11:00Z');
                insert into power_observation (service_id, account, checked_at, power, version, since)
                values (gen_random_uuid(), 'a', '2026-11-01T11:00Z', 'OFF', 1, '2026-11-01T10:00Z');
                set session_replication_role = origin; reset search_path
                """);
    }

    @Test
    void agesTimestampsWrittenByTheDatabase() {
        Database.run(TENANT, () -> new DiscrepancyTimestamps(new Sql(Database.runtime())).age(Duration.ofHours(36)));

        assertThat(times("started_at", "completed_at", "provider_scan order by account"))
                .containsExactly("30 22 30 23", "30 22 never");
        assertThat(times("first_seen_at", "last_seen_at", "server_discrepancy")).containsExactly("30 22 30 23");
        assertThat(times("confirmed_at", "dismissed_at", "server_discrepancy")).containsExactly("30 23 never");
        assertThat(times("requested_at", "resolved_at", "server_discrepancy")).containsExactly("never never");
        assertThat(times("since", "checked_at", "power_observation")).containsExactly("30 22 30 23");
    }

    private static List<String> times(String one, String other, String table) {
        return Database.texts("select coalesce(to_char(" + one + " at time zone 'UTC', 'DD HH24'), 'never') || ' '"
                + " || coalesce(to_char(" + other + " at time zone 'UTC', 'DD HH24'), 'never') from t_lookedat."
                + table);
    }
}
