package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directory, read from a real PostgreSQL. Its tables contain those columns of the platform's that it reads. */
class TenantDirectoryTest {
    private static final TenantId AURORA = new TenantId("aurora");
    private static final TenantId UNKNOWN = new TenantId("unknown");

    private final TenantDirectory directory = new TenantDirectory(RealDatabase.superuser());

    @BeforeAll
    static void fourTenants() {
        RealDatabase.asSuperuser(
                "create schema platform",
                """
                create table platform.tenant (slug text primary key, name text, state text, currency text, zone text,
                                              locale text, created_at timestamptz)
                """,
                "create table platform.tenant_host (host text primary key, tenant text, is_primary boolean)",
                "create view platform.tenant_v as select * from platform.tenant",
                "create view platform.tenant_host_v as select * from platform.tenant_host",
                """
                insert into platform.tenant
                values ('open', 'Open', 'ACTIVE', 'USD', 'America/New_York', 'en', '2026-01-02T00:00:00Z'),
                       ('aurora', 'Aurora Cloud', 'ACTIVE', 'EUR', 'Europe/Berlin', 'de', '2026-01-01T00:00:00Z'),
                       ('halted', 'Halted', 'SUSPENDED', 'EUR', 'UTC', 'en', '2026-01-03T00:00:00Z'),
                       ('broken', 'Broken', 'MAINTENANCE', 'EUR', 'UTC', 'en', '2026-01-03T00:00:00Z'),
                       ('new', 'New', 'CREATING', 'EUR', 'UTC', 'en', '2026-01-04T00:00:00Z')
                """,
                """
                insert into platform.tenant_host
                values ('a.aurora.example', 'aurora', false), ('z.aurora.example', 'aurora', true),
                       ('halted.example', 'halted', true), ('new.example', 'new', true)
                """);
    }

    @AfterAll
    static void noTenants() {
        RealDatabase.asSuperuser("drop schema platform cascade");
    }

    @AfterEach
    void noServer() {
        JndiNames.nothing();
    }

    @Test
    void returnsTenantWithAllAttributes() {
        assertThat(directory.byId(AURORA))
                .contains(new Tenant(
                        AURORA,
                        "Aurora Cloud",
                        Tenant.State.ACTIVE,
                        Currency.getInstance("EUR"),
                        ZoneId.of("Europe/Berlin"),
                        Locale.GERMAN,
                        List.of("z.aurora.example", "a.aurora.example"),
                        Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(directory.byId(UNKNOWN)).isEmpty();
    }

    @Test
    void returnsPrimaryHost() {
        assertThat(directory.byId(AURORA).orElseThrow().primaryHost()).isEqualTo("z.aurora.example");
    }

    @Test
    void resolvesHostExceptOfIncompleteTenants() {
        assertThat(directory.byHost("a.aurora.example").orElseThrow().id()).isEqualTo(AURORA);
        assertThat(directory.byHost("halted.example").orElseThrow().state()).isEqualTo(Tenant.State.SUSPENDED);
        assertThat(directory.byHost("new.example")).isEmpty();
        assertThat(directory.byHost("aurora.example")).isEmpty();
    }

    @Test
    void listsTenantsBySlug() {
        assertThat(directory.all())
                .extracting(tenant -> tenant.id().value())
                .containsExactly("aurora", "broken", "halted", "new", "open");
    }

    @Test
    void activeAndSuspendedTenantsAreChargeable() {
        assertThat(directory.chargeable())
                .extracting(tenant -> tenant.id().value())
                .containsExactly("aurora", "halted", "open");
    }

    @Test
    void currentTenantIsTheOneEntered() {
        assertThat(Tenancy.in(AURORA, directory::current).id()).isEqualTo(AURORA);
        assertThatThrownBy(() -> Tenancy.in(UNKNOWN, directory::current))
                .hasMessage("tenant unknown is not in the directory");
        assertThatThrownBy(directory::current).isInstanceOf(NoTenantException.class);
    }

    @Test
    void showsLocalChangesAtOnceAndRemoteOnesSoon() {
        assertThat(name()).isEqualTo("Open");

        RealDatabase.asSuperuser("update platform.tenant set name = 'Opened here' where slug = 'open'");
        directory.refresh();
        assertThat(name()).isEqualTo("Opened here");

        RealDatabase.asSuperuser("update platform.tenant set name = 'Open' where slug = 'open'");
        assertThat(becomesTrue(() -> name().equals("Open"))).isTrue();
    }

    @Test
    void cachesTenantsBriefly() {
        assertThat(IntStream.range(0, 5).anyMatch(attempt -> isRemoteChangeCached()))
                .isTrue();
    }

    @Test
    void readsThroughAdministrationDatasource() {
        JndiNames.offer("java:/jdbc/tenantry-admin", RealDatabase.superuser());
        assertThat(new TenantDirectory().byId(AURORA)).isPresent();
    }

    @Test
    void reportsRefusedQuery() {
        assertThatThrownBy(() -> new TenantDirectory(RealDatabase.runtime()).all())
                .isInstanceOf(SqlFailure.class)
                .hasMessageContaining("permission denied");
    }

    /** Retried on a machine that takes a second for it. */
    private boolean isRemoteChangeCached() {
        directory.refresh();
        var before = name();
        RealDatabase.asSuperuser("update platform.tenant set name = 'Elsewhere' where slug = 'open'");
        var after = name();
        RealDatabase.asSuperuser("update platform.tenant set name = 'Open' where slug = 'open'");
        return before.equals("Open") && after.equals("Open");
    }

    private String name() {
        return directory.byId(new TenantId("open")).orElseThrow().name();
    }

    private static boolean becomesTrue(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        return true;
    }
}
