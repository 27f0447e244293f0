package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators' API clients export resellers and delete them; no personal data of a deleted one is left in the database. */
@RunAsClient
class ResellerLeavesIT extends Deployments {
    private static final String HOST = "platform.localhost";
    private static final String OPERATOR = "leo@platform.example";
    private static final String TENANTS = "/reseller/tenants";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(100);

    /** There are thousands of tables: one connection and statement for each would take minutes. */
    private static final int TABLES_AT_ONCE = 200;

    /** A unique name, part of the names and addresses of all people of the reseller. */
    private static final String MARK = "quellwurz";

    /** Retained data of a reseller, see ADR 49. None of it is personal. */
    private static final Set<String> KEPT = Set.of(
            "platform.audit_record", "platform.reseller_ledger_account", "platform.tenant", "platform.tenant_export");

    private static String key;
    private static String looking;

    @BeforeAll
    static void prepare() {
        BrowserTestSetup.operator(OPERATOR);
        key = BrowserTestSetup.operatorKey(OPERATOR, true);
        looking = BrowserTestSetup.operatorKey(OPERATOR, false);
    }

    @Test
    void readOnlyKeyNeitherExportsNorDeletes() {
        made("leaves-looked");
        var one = TENANTS + "/leaves-looked";
        is(send(key, "POST", one + "/suspend"), 200, "suspended");
        var export = exported(one);
        for (var request : List.of(
                new String[] {"POST", one + "/exports"},
                new String[] {"GET", one + "/exports/" + export + "/file"},
                new String[] {"DELETE", one + "/exports/" + export},
                new String[] {"DELETE", one + "?confirm=leaves-looked"})) {
            is(send(looking, request[0], request[1]), 403, "access_denied");
            assertThat(send("none", request[0], request[1]).status())
                    .as(request[1])
                    .isEqualTo(401);
        }
        is(send(looking, "GET", one + "/exports/" + export), 200, "\"done\"");
        is(send(looking, "GET", one), 200, "suspended");
    }

    @Test
    void unknownResellersAndExportsAreNotFound() {
        made("leaves-known");
        var one = TENANTS + "/leaves-known";
        for (var slug : List.of("leaves-nobody", "UPPER", "%2e%2e", "a'b", "x".repeat(300))) {
            is(send(key, "GET", TENANTS + "/" + slug + "/exports"), 404, "not_found");
            is(send(key, "POST", TENANTS + "/" + slug + "/exports"), 404, "not_found");
            is(send(key, "DELETE", TENANTS + "/" + slug + "?confirm=" + slug), 404, "not_found");
        }
        for (var id : List.of(UUID.randomUUID().toString(), "1", "x")) {
            is(send(key, "GET", one + "/exports/" + id), 404, "\"status\":404");
            is(send(key, "GET", one + "/exports/" + id + "/file"), 404, "\"status\":404");
            is(send(key, "DELETE", one + "/exports/" + id), 404, "\"status\":404");
        }
    }

    @Test
    void exportOfOtherResellerIsNotFound() {
        made("leaves-mine");
        made("leaves-theirs");
        is(send(key, "POST", TENANTS + "/leaves-theirs/suspend"), 200, "suspended");
        var export = exported(TENANTS + "/leaves-theirs");
        var wrong = TENANTS + "/leaves-mine/exports/" + export;
        is(send(key, "GET", wrong), 404, "not_found");
        is(send(key, "GET", wrong + "/file"), 404, "not_found");
        is(send(key, "DELETE", wrong), 404, "not_found");
        is(send(key, "GET", TENANTS + "/leaves-theirs/exports/" + export), 200, "\"done\"");
    }

    @Test
    void exportsAndDeletesOnlySuspendedResellerBySlug() {
        made("leaves-asked");
        var one = TENANTS + "/leaves-asked";
        is(send(key, "POST", one + "/exports"), 409, "is not suspended");
        is(send(key, "DELETE", one + "?confirm=leaves-asked"), 409, "not_suspended");
        is(send(key, "POST", one + "/suspend"), 200, "suspended");
        is(send(key, "DELETE", one), 422, "\"missing\"");
        is(send(key, "DELETE", one + "?confirm=leaves-aske"), 422, "\"mismatch\"");
        is(send(key, "DELETE", one + "?confirm="), 422, "\"mismatch\"");
        is(send(key, "DELETE", one + "?confirm=leaves-asked"), 409, "not_exported");

        var export = exported(one);
        is(send(key, "DELETE", one + "/exports/" + export), 204, "");
        is(send(key, "DELETE", one + "/exports/" + export), 409, "has no file");
        is(send(key, "GET", one + "/exports/" + export + "/file"), 409, "has no file");
        is(send(key, "DELETE", one + "?confirm=leaves-asked"), 409, "not_exported");
        is(send(key, "POST", one + "/resume"), 200, "active");
    }

    @Test
    void repeatedRequestsExportAndDeleteOnce() {
        made("leaves-twice");
        var one = TENANTS + "/leaves-twice";
        is(send(key, "POST", one + "/suspend"), 200, "suspended");
        var head = "Authorization: Bearer " + key + "\r\nIdempotency-Key: leaves-twice-1\r\n";
        try (var program = new Reader(HOST, "en")) {
            var first = program.send("POST", "/api/v1" + one + "/exports", head, "");
            var second = program.send("POST", "/api/v1" + one + "/exports", head, "");
            is(first, 202, "id");
            is(second, 202, "id");
        }
        exported(one);
        var file = send(key, "GET", one + "/exports/" + latest(one) + "/file");
        is(file, 200, "manifest.json");
        assertThat(file.header("content-type")).containsExactly("application/zip");
        assertThat(file.header("cache-control").toString()).contains("no-store");

        is(send(key, "DELETE", one + "?confirm=leaves-twice"), 202, "\"delet");
        is(send(key, "DELETE", one + "?confirm=leaves-twice"), 409, "not_suspended");
        is(send(key, "POST", one + "/resume"), 409, "delet");
        until(() -> send(key, "GET", one).body().contains("\"deleted\""));
        is(send(key, "DELETE", one + "?confirm=leaves-twice"), 409, "not_suspended");
        is(send(key, "POST", one + "/exports"), 409, "is not suspended");
        assertThat(texts("select action from platform.audit_record where action = 'tenant.deletion_started'"
                        + " and subject_id = 'leaves-twice'"))
                .hasSize(1);
    }

    @Test
    void deletionLeavesNoPersonalData() {
        made("leaves-wholly", MARK);
        var one = TENANTS + "/leaves-wholly";
        is(send(key, "POST", one + "/suspend"), 200, "suspended");
        exported(one);
        plant("leaves-wholly");
        assertThat(found(MARK))
                .as("what the search finds while it is there")
                .contains(
                        "platform.tenant",
                        "platform.tenant_export",
                        "t_leaves_wholly.brand_picture",
                        "t_leaves_wholly.mail",
                        "t_leaves_wholly.person",
                        "t_leaves_wholly.service",
                        "work.charging_run",
                        "work.invoicing_run",
                        "work.work_item");

        is(send(key, "DELETE", one + "?confirm=leaves-wholly"), 202, "\"delet");
        until(() -> send(key, "GET", one).body().contains("\"deleted\""));

        assertThat(found(MARK)).isEmpty();
        assertThat(found("leaves_wholly")).isEmpty();
        assertThat(KEPT).containsAll(found("leaves-wholly"));
        is(send(key, "DELETE", one + "/exports/" + latest(one)), 204, "");
    }

    /** Adds data from failures, providers' responses and uploads, which the application's own use cases would not write within a minute. */
    private static void plant(String slug) {
        var schema = "t_" + slug.replace('-', '_');
        var role = "tn_" + slug.replace('-', '_');
        var mark = "'" + MARK + "'";
        change("insert into " + schema
                + ".service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state, ordered_at)"
                + " values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'VPS', " + mark
                + ", gen_random_uuid(), gen_random_uuid(), 'fra', 'sandbox', 'TERMINATED', now())");
        change("insert into " + schema + ".brand_picture (id, media_type, content, width, height, created_at)"
                + " values (gen_random_uuid(), 'image/png', convert_to(" + mark + ", 'UTF8'), 1, 1, now())");
        change(
                "insert into work.work_item (tenant, tenant_role, kind, key, subject, state, ended_at, error, ended_reason) values ('"
                        + slug + "', '" + role + "', 'delete', " + mark + ", gen_random_uuid(), 'DONE', now(), " + mark
                        + ", "
                        + mark + ")");
        change("insert into work.charging_run (tenant, tenant_role, until, state, ended_at, error) values ('" + slug
                + "', '" + role + "', '2001-01-01', 'DONE', now(), " + mark + ")");
        change(
                "insert into work.invoicing_run (tenant, tenant_role, month, period_to, due_at, state, ended_at, error) values ('"
                        + slug + "', '" + role + "', '2001-01-01', '2001-02-01', '2001-02-02', 'DONE', now(), " + mark
                        + ")");
        change("update platform.tenant set fault = " + mark + " where slug = '" + slug + "'");
        change("update platform.tenant_export set error = " + mark + " where tenant = '" + slug + "'");
    }

    /** Returns the tables of all schemas in which a text occurs: as text, in JSON or as bytes. */
    private static Set<String> found(String text) {
        var hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        var found = new TreeSet<String>();
        var tables = texts("select format('%I.%I', n.nspname, c.relname) from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'm')"
                + " and n.nspname !~ '^(pg_|information_schema)' order by 1");
        for (var from = 0; from < tables.size(); from += TABLES_AT_ONCE) {
            found.addAll(texts(tables.subList(from, Math.min(from + TABLES_AT_ONCE, tables.size())).stream()
                    .map(table ->
                            "select '" + table + "' where exists (select from " + table + " r where r::text ilike '%"
                                    + text.replace("_", "\\_") + "%' or r::text ilike '%" + hex + "%')")
                    .collect(Collectors.joining(" union all "))));
        }
        return found;
    }

    private static void made(String slug) {
        made(slug, "staff-of-" + slug);
    }

    private static void made(String slug, String name) {
        var request = new JsonObject();
        request.addProperty("slug", slug);
        request.addProperty("name", "Leaving");
        var hosts = new JsonArray();
        hosts.add(slug + ".localhost");
        request.add("hosts", hosts);
        request.addProperty("currency", "EUR");
        request.addProperty("time_zone", "Europe/Berlin");
        request.addProperty("locale", "en");
        request.addProperty("primary", "#4f46e5");
        request.addProperty("secondary", "#0891b2");
        request.addProperty("accent", "#f59e0b");
        request.addProperty("staff_name", "Sam " + name);
        request.addProperty("staff_email", "sam@" + name + ".example");
        try (var program = new Reader(HOST, "en")) {
            var made = program.send(
                    "POST", "/api/v1" + TENANTS, heads(key) + "Content-Type: application/json\r\n", request.toString());
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
    }

    /** Starts an export, waits for it, and returns its id. */
    private static String exported(String reseller) {
        is(send(key, "POST", reseller + "/exports"), 202, "id");
        var export = latest(reseller);
        until(() -> send(key, "GET", reseller + "/exports/" + export).body().contains("\"done\""));
        return export;
    }

    private static String latest(String reseller) {
        return JsonParser.parseString(send(key, "GET", reseller + "/exports").body())
                .getAsJsonObject()
                .getAsJsonArray("data")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
    }

    private static void until(BooleanSupplier isSo) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(end);
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }

    private static RawConnection.Answer send(String bearer, String method, String path) {
        try (var program = new Reader(HOST, "en")) {
            return program.send(method, "/api/v1" + path, heads(bearer), "");
        }
    }

    private static String heads(String bearer) {
        return "Authorization: Bearer " + bearer + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
    }

    private static void is(RawConnection.Answer answer, int status, String words) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
        if (status >= 400) {
            assertThat(answer.header("content-type").toString()).contains("application/problem+json");
        }
    }

    private static void change(String statement) {
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var running = connection.createStatement()) {
            running.execute("set session_replication_role = replica");
            running.execute(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(statement, failure);
        }
    }

    private static List<String> texts(String query) {
        try (var connection = RunningServer.get().database().superuser().getConnection();
                var running = connection.createStatement();
                var rows = running.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }
}
