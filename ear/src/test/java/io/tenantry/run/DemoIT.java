package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.tenantry.admin.auditor.Invariant;
import io.tenantry.brand.LegalTexts;
import io.tenantry.isolation.RawConnection;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as created by {@code mvn -Prun}: a separate server with a separate database. */
@Tag("full")
class DemoIT {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String PREFIX = "demoprogram1";
    private static final String SECRET = "s".repeat(43);

    private static final List<String> INVARIANTS = List.of(
            "entry-balances",
            "wallet-balance",
            "wallet-version",
            "running-balance",
            "wallet-balance-status",
            "threshold-notified",
            "one-open-period",
            "open-period-of-running-service",
            "periods-contiguous",
            "hours-of-ended-service",
            "hours-charged",
            "hours-not-early",
            "period-amount",
            "month-cap",
            "charges-match-periods",
            "runs-without-gap",
            "audit-chain");

    @TempDir
    Path folder;

    @Test
    void isCreatedOnceDespiteKilledAndFailedStarts() throws SQLException, IOException {
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start()) {
            try (var server = start(database)) {
                server.await(
                        "some days of the demo",
                        PATIENCE,
                        () -> number(database, "select count(*) from work.charging_run where state = 'DONE'") > 100);
                server.kill();
            }
            run(database, """
                    create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$;
                    create trigger refuse before insert on platform.tenant execute function refuse();
                    """);
            try (var server = start(database)) {
                server.await("the reason", PATIENCE, () -> health(server).body().contains("\"failed\":true"));
                assertThat(health(server).statusCode()).isEqualTo(503);
                assertThat(health(server).body()).contains("the demo could not be created: ");
                assertThat(get(server.managementPort(), "/health/ready").body())
                        .contains("the demo could not be created: ");
            }
            run(database, "drop trigger refuse on platform.tenant");
            try (var server = start(database)) {
                ready(server);
                isComplete(database);
                assertThat(get(server.managementPort(), "/health/ready").statusCode())
                        .isEqualTo(200);
                ordersAServer(database, server);
            }
            var made = made(database);
            try (var server = start(database)) {
                Files.delete(logins());
                ready(server);
                itsDoorIsOpen();
            }
            assertThat(made(database)).isEqualTo(made);
            assertThat(logins()).exists();
        }
    }

    private void isComplete(EmbeddedDatabase database) throws SQLException, IOException {
        assertThat(number(database, "select count(*) from platform.tenant where state = 'ACTIVE'"))
                .isEqualTo(2);
        assertThat(sum(database, "select count(*) from %s.organization")).isBetween(28L, 32L);
        assertThat(sum(database, "select count(*) from %s.service")).isBetween(190L, 210L);
        assertThat(sum(database, "select count(distinct kind) from %s.legal_text where body like '%%demonstration%%'"))
                .as("legal texts of both brands")
                .isEqualTo(2L * LegalTexts.Kind.values().length);
        assertThat(sum(database, "select count(*) from %s.wallet where balance_status = 0"))
                .isGreaterThan(20);
        assertThat(sum(database, "select count(*) from %s.wallet where balance_status = 1"))
                .isBetween(3L, 7L);
        assertThat(sum(database, "select count(*) from %s.wallet where balance_status > 1"))
                .isBetween(1L, 3L);
        assertThat(number(database, "select count(*) from work.charging_run where state <> 'DONE'"))
                .isZero();
        assertThat(number(database, """
                        select count(*) from (
                          select max(until) last from work.charging_run group by tenant) r
                         where last < date_trunc('hour', now()) - interval '1 hour'
                        """)).isZero();
        for (var schema : List.of("t_aurora", "t_borealis")) {
            for (var invariant : INVARIANTS) {
                assertThat(violations(database, schema, invariant))
                        .as(schema + " " + invariant)
                        .isEmpty();
            }
        }
        assertThat(Files.readAllLines(logins())).hasSize(11).allMatch(line -> line.contains("@"));
    }

    /** Orders a server as an API client of a demo brand's customer; the built-in provider creates it, and it is charged once it runs. */
    private static void ordersAServer(EmbeddedDatabase database, Server server) throws SQLException, IOException {
        run(database, """
                insert into t_aurora.api_key (id, prefix, secret_hash, name, person_id, organization_id, scopes, created_at)
                select gen_random_uuid(), '%s', sha256('%s'::bytea), 'demo', m.person_id, m.organization_id,
                       array['vps_view', 'vps_create'], now()
                  from t_aurora.membership m
                  join t_aurora.wallet w on w.organization_id = m.organization_id and w.balance > 10 and w.parked is null
                 where m.role = 'owner'
                 order by w.balance desc
                 limit 1
                """.formatted(PREFIX, SECRET));
        var plan = text(database, "select id from t_aurora.plan where code = 's1'");
        var body = "{\"name\":\"made-here\",\"region\":\"fra1\",\"plan_id\":\"" + plan + "\"}";
        try (var rawConnection = new RawConnection(server.httpPort())) {
            var answer = rawConnection.send(
                    "POST /api/v1/vps HTTP/1.1\r\nHost: aurora.localhost\r\nAuthorization: Bearer tnk_"
                            + PREFIX
                            + "_" + SECRET
                            + "\r\nIdempotency-Key: once\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            assertThat(answer.body()).contains("\"state\":\"ordered\"");
        }
        server.await("the server", PATIENCE, () -> number(database, """
                select count(*) from t_aurora.service s join t_aurora.rated_period p on p.service_id = s.id
                 where s.name = 'made-here' and s.state = 'ACTIVE' and s.account = 'sandbox' and p.hours > 0
                """) == 1);
    }

    /** The only server of the built-in provider survived the restart, and answers by SSH. */
    private void itsDoorIsOpen() throws IOException {
        try (var files = Files.list(folder.resolve("server/data/sandbox/servers"))) {
            var text = Files.readString(files.findFirst().orElseThrow());
            var accessData = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject("door");
            try (var socket = new Socket(
                    accessData.get("address").getAsString(),
                    accessData.get("port").getAsInt())) {
                assertThat(new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII))
                        .isEqualTo("SSH-2.0-");
            }
        }
    }

    private static List<Long> made(EmbeddedDatabase database) throws SQLException {
        return List.of(
                sum(database, "select count(*) from %s.organization"),
                sum(database, "select count(*) from %s.person"),
                sum(database, "select count(*) from %s.service"),
                sum(database, "select count(*) from %s.price_version"),
                sum(database, "select count(*) from %s.journal_entry where kind <> 'CHARGE'"));
    }

    private Server start(EmbeddedDatabase database) {
        return Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                .environment(database.environment())
                .environment("TENANTRY_PASSWORD_MEMORY_KIB", "1024")
                .environment("TENANTRY_DEMO", "true")
                .environment("TENANTRY_DEMO_LOGINS_FILE", logins().toString())
                .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                .start();
    }

    private static void ready(Server server) {
        server.await("the demo", PATIENCE, () -> health(server).statusCode() == 200);
    }

    private static HttpResponse<String> health(Server server) throws IOException {
        return get(server.httpPort(), Server.HEALTH_PATH);
    }

    private static HttpResponse<String> get(int port, String path) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static void run(EmbeddedDatabase database, String sql) throws SQLException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Path logins() {
        return folder.resolve("logins.txt");
    }

    private static long sum(EmbeddedDatabase database, String perTenant) throws SQLException {
        return number(database, perTenant.formatted("t_aurora")) + number(database, perTenant.formatted("t_borealis"));
    }

    private static long number(EmbeddedDatabase database, String query) {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException notThereYet) {
            return -1;
        }
    }

    private static String text(EmbeddedDatabase database, String query) throws SQLException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static List<String> violations(EmbeddedDatabase database, String schema, String invariant)
            throws SQLException, IOException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var sql = Invariant.class.getResourceAsStream(invariant + ".sql")) {
            statement.execute("set search_path = " + schema);
            var violations = new ArrayList<String>();
            try (var rows = statement.executeQuery(
                    new String(Objects.requireNonNull(sql, invariant).readAllBytes(), StandardCharsets.UTF_8))) {
                while (rows.next()) {
                    violations.add(rows.getString("wallet_id") + ": " + rows.getString("detail"));
                }
            }
            return violations;
        }
    }
}
