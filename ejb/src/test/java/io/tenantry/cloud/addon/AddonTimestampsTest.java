package io.tenantry.cloud.addon;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When a demo's clock moves, add-ons and their discrepancies age by as much. */
class AddonTimestampsTest {
    private static final TenantId TENANT = new TenantId("addontimes");

    /** Rows without their parents: only their times matter. */
    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
        Database.asOwner("""
                set session_replication_role = replica; set search_path = t_addontimes;
                insert into addon (id, service_id, organization_id, wallet_id, kind, name, quantity, price_version_id, account,
                                            provider_region, ordered_at, requested_at, not_found_at)
                values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'VOLUME', 'asked', 11,
                        gen_random_uuid(), 'a', 'r', '2026-11-01T10:00Z', '2026-11-01T10:00Z', '2026-11-01T11:00Z'),
                       (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'VOLUME', 'new', 11,
                        gen_random_uuid(), 'a', 'r', '2026-11-01T10:00Z', null, null);
                insert into addon_discrepancy (id, account, addon_kind, kind, provider_ref, resource_tag, name, expected_gib, seen_gib, first_seen_at,
                                            last_seen_at, since, confirmed_at)
                values (gen_random_uuid(), 'a', 'BACKUP', 'MISSING', '1', 'svc-1', 'web', 1, 0, '2026-11-01T10:00Z', '2026-11-01T11:00Z',
                        '2026-11-01T10:00Z', '2026-11-01T11:00Z');
                set session_replication_role = origin; reset search_path
                """);
    }

    @Test
    void agesTimestampsWrittenByTheDatabase() {
        Database.run(TENANT, () -> new AddonTimestamps(new Sql(Database.runtime())).age(Duration.ofHours(36)));

        assertThat(
                        Database.texts(
                                "select name || ' ' || coalesce(to_char(requested_at at time zone 'UTC', 'DD HH24')"
                                        + " || ' ' || to_char(not_found_at at time zone 'UTC', 'DD HH24'), 'never') || ' '"
                                        + " || to_char(ordered_at at time zone 'UTC', 'DD HH24') from t_addontimes.addon order by name"))
                .containsExactly("asked 30 22 30 23 01 10", "new never 01 10");
        assertThat(
                        Database.texts(
                                "select to_char(first_seen_at at time zone 'UTC', 'DD HH24') || ' '"
                                        + " || to_char(last_seen_at at time zone 'UTC', 'DD HH24') || ' '"
                                        + " || to_char(confirmed_at at time zone 'UTC', 'DD HH24') || coalesce(requested_at::text, '')"
                                        + " || coalesce(dismissed_at::text, '') || coalesce(resolved_at::text, '') from t_addontimes.addon_discrepancy"))
                .containsExactly("30 22 30 23 30 23");
    }
}
