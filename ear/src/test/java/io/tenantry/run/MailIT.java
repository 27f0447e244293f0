package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.FakeMailServer;
import io.tenantry.server.Server;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An email's path through the server as it ships, with the server's own mail session: from a form on a page, through outbox, signal and timer,
 * to a mail server that is unavailable at first.
 */
@Tag("full")
class MailIT {
    /** It is deployed under the name of its file, whatever that is. */
    private static final Path EAR = Path.of(System.getProperty("tenantry.it.ear"));

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final TenantId TENANT = new TenantId("posted");
    private static final String HOST = "posted.localhost";
    private static final String PLATFORM_HOST = "platform.localhost";
    private static final Pattern VIEW_STATE =
            Pattern.compile("name=\"jakarta.faces.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern SESSION = Pattern.compile("session=([^;]+)");

    @TempDir
    Path folder;

    @Test
    void sendsPasswordLinkInNameOfBrand() throws SQLException, IOException {
        try (var mails = FakeMailServer.open();
                var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var server = start(database, mails)) {
            server.awaitDeployed(PATIENCE);
            makeTheTenant(database);
            server.await(
                    "the tenant's page",
                    PATIENCE,
                    () -> accessData(server, HOST).status() == 200);
            mails.behave(FakeMailServer.Behavior.IS_BUSY);
            ask(server, HOST, "olga@kiosk.example");
            server.await("a first attempt", PATIENCE, () -> mail(database).startsWith("WAITING 1 UNREACHABLE"));
            assertThat(mails.taken()).isEmpty();
            mails.behave(FakeMailServer.Behavior.TAKES);
            server.await("the mail", PATIENCE, () -> mail(database).equals("SENT 2"));
            assertThat(mails.reply()).contains("EHLO " + HOST);
            assertThat(mails.taken()).singleElement().satisfies(MailIT::isTheBrands);
            sendsPasswordLinkToOperator(database, mails, server);
            writesOperatorLinkToFile(database, server);
        }
    }

    private static void sendsPasswordLinkToOperator(EmbeddedDatabase database, FakeMailServer mails, Server server)
            throws SQLException, IOException {
        makeTheOperator(database);
        ask(server, PLATFORM_HOST, "pia@platform.example");
        server.await("the operator's mail", PATIENCE, () -> mails.taken().size() == 2);
        assertThat(mails.taken().get(1)).satisfies(receivedMail -> {
            assertThat(receivedMail.sender()).isEqualTo("no-reply@" + PLATFORM_HOST);
            assertThat(receivedMail.recipients()).containsExactly("pia@platform.example");
            assertThat(receivedMail.text()).contains("http://" + PLATFORM_HOST + ":8080/link#");
        });
    }

    private void writesOperatorLinkToFile(EmbeddedDatabase database, Server server) throws SQLException, IOException {
        var links = folder.resolve("server").resolve("data").resolve("tenantry").resolve("operator-link.txt");
        assertThat(links).doesNotExist();
        var client = new ProcessBuilder(
                        Path.of(System.getProperty("tenantry.it.home"))
                                .resolve("bin")
                                .resolve("jboss-cli.sh")
                                .toString(),
                        "--connect",
                        "--controller=remote+http://127.0.0.1:" + server.managementPort(),
                        "/deployment=" + EAR.getFileName() + "/subdeployment=batch.jar/subsystem=batch-jberet"
                                + ":start-job(job-xml-name=operator-link,properties={email=pia@platform.example})")
                .redirectErrorStream(true)
                .start();
        var stated = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(stated).contains("\"outcome\" => \"success\"").doesNotContain("#");
        server.await("the file", PATIENCE, () -> Files.exists(links));
        assertThat(links).content().contains("http://" + PLATFORM_HOST + ":8080/link#");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(links)))
                .isEqualTo("rw-------");
        var secret = Files.readAllLines(links).get(0).replaceFirst(".*#", "");
        try (var files = Files.walk(folder.resolve("server").resolve("log"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(log -> assertThat(log).content().doesNotContain(secret));
        }
        server.await("what the job says", PATIENCE, () -> text(database, """
                        select e.exitstatus
                          from batch.job_execution e
                          join batch.job_instance i on i.jobinstanceid = e.jobinstanceid and i.jobname = 'operator-link'
                        """).equals("written to " + links));
    }

    private static void isTheBrands(FakeMailServer.ReceivedMail receivedMail) {
        assertThat(receivedMail.sender()).isEqualTo("no-reply@" + HOST);
        assertThat(receivedMail.recipients()).containsExactly("olga@kiosk.example");
        assertThat(receivedMail.text())
                .contains("From: Post & Partner <no-reply@" + HOST + ">\r\n", "@" + HOST + ">\r\n")
                .contains("http://" + HOST + ":8080/link#")
                .doesNotContainPattern(Pattern.compile("tenantry|wildfly|jboss|platform", Pattern.CASE_INSENSITIVE));
    }

    private Server start(EmbeddedDatabase database, FakeMailServer mails) {
        return Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                .environment(database.environment())
                .environment("TENANTRY_PASSWORD_MEMORY_KIB", "1024")
                .environment("TENANTRY_PLATFORM_HOST", PLATFORM_HOST)
                .environment("TENANTRY_CHARGING_TIMER", "false")
                .environment("TENANTRY_SECRET_KEYS_FILE", keys().toString())
                .environment("TENANTRY_MAIL_HOST", "127.0.0.1")
                .environment("TENANTRY_MAIL_PORT", Integer.toString(mails.port()))
                .deployment(EAR)
                .start();
    }

    /** A server that sends mail does not start without it. */
    private Path keys() {
        try {
            return Files.writeString(Files.createTempFile(folder, "secret", ".keys"), "it=" + "A".repeat(43) + "=\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Creates a tenant as the application does, with a person who has a password. */
    private static void makeTheTenant(EmbeddedDatabase database) throws SQLException {
        new Schemas(database.dataSource(DatabaseUser.ADMIN), MailIT.class.getClassLoader())
                .migrate(TENANT, "db/tenant/changelog.xml");
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into t_posted.brand (name, primary_colour, secondary_colour, accent_colour, changed_at)
                    values ('Post & Partner', '#b93815', '#9f1239', '#0d9488', now());
                    insert into t_posted.person (id, email, name, created_at)
                    values ('00000000-0000-7000-8000-000000000001', 'olga@kiosk.example', 'Olga', now());
                    insert into t_posted.credential (person_id, password_hash, changed_at)
                    values ('00000000-0000-7000-8000-000000000001', '$argon2id$v=19$m=1024,t=1,p=1$c2FsdA$aGFzaA', now());
                    insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)
                    values ('posted', 'Posted', 'ACTIVE', 'EUR', 'Europe/Berlin', 'de', now());
                    insert into platform.tenant_host (host, tenant, is_primary) values ('posted.localhost', 'posted', true);
                    """);
        }
    }

    private static void makeTheOperator(EmbeddedDatabase database) throws SQLException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                    insert into platform.person (id, email, name, created_at)
                    values ('00000000-0000-7000-8000-000000000002', 'pia@platform.example', 'Pia', now());
                    insert into platform.credential (person_id, password_hash, changed_at)
                    values ('00000000-0000-7000-8000-000000000002', '$argon2id$v=19$m=1024,t=1,p=1$c2FsdA$aGFzaA', now());
                    insert into platform.staff_member (person_id, role, role_kind, joined_at)
                    values ('00000000-0000-7000-8000-000000000002', 'operator_owner', 'OPERATOR', now());
                    """);
        }
    }

    private static RawConnection.Answer accessData(Server server, String host) throws IOException {
        try (var rawConnection = new RawConnection(server.httpPort())) {
            return rawConnection.send("GET /forgot HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        }
    }

    private static void ask(Server server, String host, String email) throws IOException {
        var page = accessData(server, host);
        var state = VIEW_STATE.matcher(page.body());
        assertThat(state.find()).as(page.text()).isTrue();
        var form = "forgot=forgot&forgot%3Aask=&forgot%3Aemail="
                + URLEncoder.encode(email, StandardCharsets.UTF_8) + "&jakarta.faces.ViewState="
                + URLEncoder.encode(state.group(1), StandardCharsets.UTF_8);
        var session = SESSION.matcher(String.join("\n", page.header("set-cookie")));
        var cookie = session.find() ? "Cookie: session=" + session.group(1) + "\r\n" : "";
        try (var rawConnection = new RawConnection(server.httpPort())) {
            var answer = rawConnection.send("POST /forgot HTTP/1.1\r\nHost: " + host + "\r\n" + cookie
                    + "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                    + form.length() + "\r\n\r\n" + form);
            assertThat(answer.status()).as(answer.text()).isEqualTo(302);
        }
    }

    /** Returns state, attempts and kind of fault of the only email. */
    private static String mail(EmbeddedDatabase database) throws IOException {
        return text(database, "select concat_ws(' ', state, attempts, fault_kind) from t_posted.mail");
    }

    private static String text(EmbeddedDatabase database, String query) throws IOException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException failure) {
            throw new IOException(failure);
        }
    }
}
