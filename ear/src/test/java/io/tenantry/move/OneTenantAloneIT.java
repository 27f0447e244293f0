package io.tenantry.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.bench.Driver;
import io.tenantry.cluster.Results;
import io.tenantry.isolation.CanaryTenant;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tenant leaves the database of a running server, while it is being charged, for a cell that holds another tenant, is removed from the first,
 * and comes back: served, and charged for every hour once. Other tenants are unaffected.
 *
 * <p>The embedded PostgreSQL has no pg_dump and no psql. {@code -Dtenantry.pg.bin=/usr/lib/postgresql/15/bin} runs both cells on the programs
 * of that folder and follows the operators' procedure verbatim; {@code -Dtenantry.move.services=20000} makes the tenant larger.
 */
@RunAsClient
@Tag("full")
class OneTenantAloneIT extends Deployments {
    private static final String PROGRAMS = System.getProperty("tenantry.pg.bin", "");
    private static final int SERVICES = Integer.getInteger("tenantry.move.services", 120);
    private static final int PER_WALLET = Integer.getInteger("tenantry.move.perWallet", 4);
    private static final int HOURS_BEFORE = 2;
    private static final int HOURS_AT_WORK = Integer.getInteger("tenantry.move.hours", 16);
    private static final int HOURS_AWAY = 2;
    private static final int ATTEMPTS = 50;
    private static final Instant BEGIN = Instant.parse("2028-03-01T00:00:00Z");
    private static final TenantId MOVER = new TenantId("mover");
    private static final TenantId STAYER = new TenantId("stayer");
    private static final TenantId NEIGHBOUR = new TenantId("neighbour");

    /** All columns except the number, which each database assigns. */
    private static final String WORK_ITEMS =
            "select (to_jsonb(i) - 'id')::text from %s i where tenant = 'mover' order by written_at";

    @TempDir
    static Path scratch;

    private static Cell first;
    private static Cell second;
    private static Carrier carrier;
    private static Driver server;
    private static String key;

    @BeforeAll
    static void makeBothCells() {
        carrier = PROGRAMS.isBlank() ? new Carrier.Driver() : new Carrier.Programs(Path.of(PROGRAMS), scratch);
        first = new Cell(RunningServer.get().database());
        second = new Cell(EmbeddedDatabase.scratch());
        second.prepare();
        second.makeSchema(NEIGHBOUR);
        second.run(
                "insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                        + " values ('neighbour', 'Neighbour', 'ACTIVE', 'EUR', 'UTC', 'en', '" + BEGIN + "')",
                "insert into platform.tenant_host (host, tenant, is_primary) values ('neighbour.localhost', 'neighbour', true)",
                "insert into t_neighbour.organization (id, name, billing_email, country, created_at)"
                        + " values (gen_random_uuid(), 'Nils', 'nils@neighbour.example', 'NO', '" + BEGIN + "')",
                "insert into work.charging_run (tenant, tenant_role, until, state, slices) select 'neighbour',"
                        + " 'tn_neighbour', h, 'DONE', 1 from generate_series(timestamptz '" + BEGIN
                        + "', timestamptz '"
                        + BEGIN + "' + interval '30 hours', interval '1 hour') h",
                "insert into work.charging_slice (run_id, tenant_role, no, wallets_planned, state, node, fence)"
                        + " select id, tenant_role, 0, 1, 'DONE', 'n', 1 from work.charging_run");
    }

    @BeforeAll
    static void makeTenants() {
        server = new Driver(RunningServer.get().server().httpPort());
        at(0);
        server.createUniformTenant(MOVER.value(), SERVICES / PER_WALLET, PER_WALLET, "7.30", "1000");
        server.createUniformTenant(STAYER.value(), 3, 2, "7.30", "1000");
        key = server.plantCanaries(MOVER.value()).get(0);
    }

    @AfterAll
    static void removeTheSecond() {
        second.database().close();
    }

    @Test
    void movesTenantToOtherCellAndBackChargingEachHourOnce() throws Exception {
        server.activateOnly(List.of(MOVER.value(), STAYER.value()));
        first.run("delete from work.charging_run where state <> 'DONE'");
        showOutcome("on PostgreSQL %s and %s", first.text("show server_version"), second.text("show server_version"));
        var found = first.violationsOfThePlatform();
        at(HOURS_BEFORE);
        server.work();
        requireAnswer(200);
        // Ensures that no column of a run or a slice has its default value.
        first.run(
                "update work.charging_run set attempts = 2, error = 'once', retry_at = until where tenant = 'mover'",
                "update work.charging_slice set fence = 7, attempts = 3, error = 'twice', retry_at = ended_at"
                        + " where tenant_role = 'tn_mover'",
                "insert into work.work_item (tenant, tenant_role, kind, key, subject, state, attempts, node, fence, claimed_at,"
                        + " error, parked_at, parked_reason) values ('mover', 'tn_mover', 'provision', 'one', gen_random_uuid(),"
                        + " 'PARKED', 10, 'n', 12, now(), 'no answer', now(), 'no answer')");

        leaveWhileItIsCharged();
        stayAfterAll();
        goToTheSecond();
        removeFromTheFirst();
        comeBack();

        at(HOURS_BEFORE + HOURS_AT_WORK + HOURS_AWAY);
        server.work();
        requireEveryHourChargedOnce(HOURS_BEFORE + HOURS_AT_WORK + HOURS_AWAY);
        assertThat(CanaryTenant.signIn(RunningServer.get().server().httpPort(), MOVER.value()))
                .isNotBlank();
        assertThat(first.violations(MOVER)).isEmpty();
        assertThat(first.violations(STAYER)).isEmpty();
        assertThat(first.violationsOfThePlatform()).isEqualTo(found);
    }

    /** Some hours are due, and the job is processing them. */
    private static void leaveWhileItIsCharged() throws Exception {
        at(HOURS_BEFORE + HOURS_AT_WORK);
        var helper = Executors.newSingleThreadExecutor();
        try {
            var work = helper.submit(() -> server.work());
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            timed("leave", () -> carrier.script(first, "tenant-leave.sql", MOVER));
            assertThat(work).succeedsWithin(Duration.ofMinutes(5));
        } finally {
            helper.shutdownNow();
        }
        showOutcome(
                "%s of %d hours were done when it left",
                first.text("select count(*) from t_mover.moved_run where state = 'DONE'"),
                HOURS_BEFORE + HOURS_AT_WORK);
        assertThat(first.text("select count(*) from work.charging_run where tenant = 'mover'"))
                .isEqualTo("0");
        requireAnswer(503);
        assertThatThrownBy(() -> become(first, MOVER)).hasMessageContaining("permission denied to set role");
    }

    /** The tenant is readmitted at its origin, as suspended, and leaves again; no run is lost. */
    private static void stayAfterAll() {
        var packed = first.work(MOVER, "t_mover.moved_run", "t_mover.moved_slice");
        var contents = first.contents(MOVER.schema());
        first.run("update t_mover.moved_tenant set state = 'SUSPENDED'");
        carrier.script(first, "tenant-arrive.sql", MOVER);
        assertThat(first.work(MOVER, "work.charging_run", "work.charging_slice"))
                .isEqualTo(packed);
        assertThat(state(first)).isEqualTo("SUSPENDED");
        refuses(first, "tenant-arrive.sql", MOVER, "a tenant \"mover\" is here already");

        carrier.script(first, "tenant-leave.sql", MOVER);
        assertThat(first.work(MOVER, "t_mover.moved_run", "t_mover.moved_slice"))
                .isEqualTo(packed);
        assertThat(first.contents(MOVER.schema())).isEqualTo(contents);
        assertThat(first.text("select state from t_mover.moved_tenant")).isEqualTo("SUSPENDED");
        first.run("update t_mover.moved_tenant set state = 'ACTIVE'");
    }

    private static void goToTheSecond() throws SQLException {
        var neighbour = untold(second.contents(NEIGHBOUR.schema()));
        var work = second.work(NEIGHBOUR, "work.charging_run", "work.charging_slice");
        refuses(second, "tenant-leave.sql", MOVER, "there is no tenant \"mover\" here");
        refuses(second, "tenant-expect.sql", NEIGHBOUR, "a tenant \"neighbour\" is here already");
        refuses(second, "tenant-arrive.sql", MOVER, "nothing is packed in schema t_mover");
        timed("expect", () -> carrier.script(second, "tenant-expect.sql", MOVER));
        timed("dump and restore", () -> carrier.carry(MOVER, first, second));
        refuses(second, "tenant-expect.sql", MOVER, "schema t_mover is here already");

        second.run(
                "insert into platform.tenant_host (host, tenant) values ('mover.localhost', 'neighbour')",
                "insert into t_mover.databasechangelog select 'later', author, filename, now(), 999, exectype"
                        + " from t_mover.databasechangelog where author = 'wallet' and id = 'baseline'",
                "update t_mover.moved_tenant set left_at = null");
        refuses(second, "tenant-arrive.sql", MOVER, "tenant-leave.sql had not ended");
        second.run("update t_mover.moved_tenant set left_at = now()");
        refuses(second, "tenant-arrive.sql", MOVER, "hosts are taken here: mover.localhost (neighbour)");
        second.run("delete from platform.tenant_host where host = 'mover.localhost'");
        refuses(
                second,
                "tenant-arrive.sql",
                MOVER,
                "newer version than the application here, which does not know: wallet:later");
        second.run("delete from t_mover.databasechangelog where id = 'later'");
        assertThat(second.text("select count(*) from platform.tenant")).isEqualTo("1");

        timed("arrive", () -> carrier.script(second, "tenant-arrive.sql", MOVER));
        showOutcome(
                "%s postings, %s slices; %s",
                second.text("select count(*) from t_mover.posting"),
                second.text("select count(*) from work.charging_slice where tenant_role = 'tn_mover'"),
                second.text("select pg_size_pretty(sum(pg_total_relation_size(oid))) from pg_class"
                        + " where relnamespace = 't_mover'::regnamespace and relkind = 'r'"));
        assertThat(second.contents(MOVER.schema())).isEqualTo(first.contents(MOVER.schema()));
        assertThat(second.relations(MOVER.schema(), "r")).noneMatch(table -> table.startsWith("moved_"));
        assertThat(second.work(MOVER, "work.charging_run", "work.charging_slice"))
                .isEqualTo(first.work(MOVER, "t_mover.moved_run", "t_mover.moved_slice"));
        assertThat(second.texts(WORK_ITEMS.formatted("work.work_item")))
                .anySatisfy(item -> assertThat(item).contains("PARKED"))
                .isEqualTo(first.texts(WORK_ITEMS.formatted("t_mover.moved_work")));
        assertThat(second.violations(MOVER)).isEmpty();
        assertThat(second.violationsOfThePlatform()).isEmpty();
        assertThat(second.text("select count(*) from t_mover.journal_entry where created_in <> '1'"))
                .isEqualTo("0");
        assertThat(become(second, MOVER)).isEqualTo("tn_mover " + SERVICES);
        assertThat(new TenantDirectory(second.database().superuser()).byHost("mover.localhost"))
                .hasValueSatisfying(tenant -> assertThat(tenant.state()).isEqualTo(Tenant.State.ACTIVE));
        assertThat(untold(second.contents(NEIGHBOUR.schema()))).isEqualTo(neighbour);
        assertThat(second.work(NEIGHBOUR, "work.charging_run", "work.charging_slice"))
                .isEqualTo(work);
    }

    private static void removeFromTheFirst() {
        var stayer = untold(first.contents(STAYER.schema()));
        first.run("update platform.tenant set state = 'CREATING' where slug = 'mover' and state = 'MOVING'");
        server.start();
        server.activateOnly(List.of(STAYER.value()));
        assertThat(first.text("select (select count(*) from pg_namespace where nspname = 't_mover')"
                        + " + (select count(*) from pg_roles where rolname = 'tn_mover')"
                        + " + (select count(*) from platform.tenant where slug = 'mover')"
                        + " + (select count(*) from work.charging_run where tenant = 'mover')"
                        + " + (select count(*) from work.work_item where tenant = 'mover')"))
                .isEqualTo("0");
        requireAnswer(421);
        assertThat(untold(first.contents(STAYER.schema()))).isEqualTo(stayer);
    }

    /** Simulates an arrival from an older version, repaired by the next start; a suspended tenant of an older version is refused. */
    private static void comeBack() {
        carrier.script(second, "tenant-leave.sql", MOVER);
        carrier.script(first, "tenant-expect.sql", MOVER);
        carrier.carry(MOVER, second, first);
        first.run(
                "comment on schema t_mover is 'of an older version'",
                "update t_mover.moved_tenant set state = 'SUSPENDED'");
        refuses(first, "tenant-arrive.sql", MOVER, "is suspended and of an older version");
        first.run("update t_mover.moved_tenant set state = 'ACTIVE'");

        carrier.script(first, "tenant-arrive.sql", MOVER);
        assertThat(first.text("select state || ': ' || fault from platform.tenant where slug = 'mover'"))
                .startsWith("MAINTENANCE: arrived with a schema of an older version");
        assertThat(first.contents(MOVER.schema())).isEqualTo(second.contents(MOVER.schema()));
        server.start();
        assertThat(state(first)).isEqualTo("ACTIVE");
        server.activateOnly(List.of(MOVER.value(), STAYER.value()));
        requireAnswer(200);
        assertThat(first.text("select count(*) from work.work_item where tenant = 'mover' and state = 'PARKED'"))
                .isEqualTo("1");
    }

    private static void requireEveryHourChargedOnce(int hours) {
        assertThat(first.texts("select distinct sum(hours) from t_mover.rated_period group by service_id"))
                .containsExactly(String.valueOf(hours));
        assertThat(first.text("select count(distinct service_id) from t_mover.rated_period"))
                .isEqualTo(String.valueOf(SERVICES));
        // A cent an hour; one wallet was credited another dollar.
        assertThat(first.text("select sum(balance) = 1000 * count(*) + 1 - 0.01 * " + PER_WALLET * hours
                        + " * count(*) from t_mover.wallet"))
                .isEqualTo("t");
        assertThat(first.text("select count(*) || ' ' || count(distinct until) || ' ' || bool_and(state = 'DONE')"
                        + " from work.charging_run where tenant = 'mover'"))
                .isEqualTo(hours + " " + hours + " true");
    }

    private static void refuses(Cell cell, String script, TenantId tenant, String why) {
        assertThatThrownBy(() -> carrier.script(cell, script, tenant)).hasMessageContaining(why);
    }

    /** Queries as the application acting for that tenant. */
    private static String become(Cell cell, TenantId tenant) throws SQLException {
        try (var connection = cell.database().dataSource(DatabaseUser.RUNTIME).getConnection()) {
            connection.setAutoCommit(false);
            Cell.texts(
                    connection,
                    "select set_config('role', '" + tenant.role() + "', true), set_config('search_path', '"
                            + tenant.schema() + "', true)");
            return Cell.texts(connection, "select current_user || ' ' || count(*) from service")
                    .get(0);
        }
    }

    private static String state(Cell cell) {
        return cell.text("select state from platform.tenant where slug = 'mover'");
    }

    /** Requires the status for an API client on the moved tenant's host, once the node has read the directory again. */
    private static void requireAnswer(int status) {
        var answered = 0;
        try (var rawConnection = new RawConnection(RunningServer.get().server().httpPort())) {
            for (var attempt = 0; attempt < ATTEMPTS && answered != status; attempt++) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                answered = rawConnection
                        .send("GET /api/v1/vps HTTP/1.1\r\nHost: mover.localhost\r\nAuthorization: Bearer " + key
                                + "\r\n\r\n")
                        .status();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(answered).isEqualTo(status);
    }

    private static void at(int hours) {
        server.stopClock(BEGIN.plus(Duration.ofHours(hours)));
    }

    private static void timed(String what, Runnable work) {
        var began = System.nanoTime();
        work.run();
        showOutcome("%s in %d ms", what, (System.nanoTime() - began) / 1_000_000);
    }

    private static void showOutcome(String format, Object... values) {
        Results.showOutcome(
                "one tenant alone, " + SERVICES + " services: " + String.format(Locale.ROOT, format, values));
    }

    /** Excludes notifications: those of new wholesale prices are sent by a timer, independently of the move. */
    private static Map<String, String> untold(Map<String, String> contents) {
        var untold = new TreeMap<>(contents);
        untold.keySet().removeIf(table -> table.startsWith("notification"));
        return untold;
    }
}
