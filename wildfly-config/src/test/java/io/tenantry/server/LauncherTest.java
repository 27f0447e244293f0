package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvn -Prun} without Maven and without the application, which is replaced by a page that reports readiness. */
class LauncherTest {
    private static final String READY = "Ctrl-C stops it";

    @TempDir
    Path temporary;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        Server.endOrphan(folder().resolve("server"));
        Postmaster.endOrphan(folder().resolve("db"));
        started.forEach(Process::destroyForcibly);
    }

    /** Starts and kills three servers. */
    @Test
    @Tag("full")
    void runsOnceTakesOverFromKilledServerAndCleansUp() throws Exception {
        var port = Ports.free();
        var first = launch(port, 0);
        await(first, READY);
        var database = Postmaster.find(folder().resolve("db")).orElseThrow();
        var server = server();

        var second = launch(Ports.free(), 0);
        assertThat(second.process().waitFor()).isEqualTo(1);
        assertThat(second.output())
                .singleElement()
                .asString()
                .startsWith("tenantry: another Tenantry already runs on " + folder());

        first.process().destroyForcibly().waitFor();
        assertThat(Processes.runs(server)).isTrue();
        assertThat(Processes.runs(database)).isTrue();
        var third = launch(port, 0);
        await(third, READY);
        assertThat(Processes.runs(server)).isFalse();
        assertThat(Processes.runs(database)).isFalse();

        var lastDatabase = Postmaster.find(folder().resolve("db")).orElseThrow();
        var lastServer = server();
        third.process().destroy();
        assertThat(third.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(third.output()).endsWith("tenantry: stopping the server", "tenantry: stopping PostgreSQL");
        assertThat(Processes.runs(lastServer)).isFalse();
        assertThat(Processes.runs(lastDatabase)).isFalse();
    }

    @Test
    void namesThePropertyWhenAPortIsInUse() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = taken.getLocalPort();
            assertThat(refusal(launch(port, 0)))
                    .isEqualTo("tenantry: port " + port
                            + " for the web is in use; stop what uses it, or choose another with -Dhttp.port=...");
            assertThat(refusal(launch(Ports.free(), port)))
                    .isEqualTo("tenantry: port " + port
                            + " for PostgreSQL is in use; stop what uses it, or choose another with -Ddb.port=...");
        }
    }

    @Test
    void reportsDamagedDataAndLeavesItUnchanged() throws Exception {
        var data = Files.createDirectories(folder().resolve("db/data"));
        var precious = Files.writeString(data.resolve("precious"), "data", StandardCharsets.UTF_8);
        var launched = launch(Ports.free(), 0);
        assertThat(launched.process().waitFor()).isEqualTo(1);
        assertThat(launched.output())
                .hasSize(2)
                .last()
                .asString()
                .contains("is damaged")
                .contains("restore it from a backup, or remove " + folder().resolve("db"));
        assertThat(precious).hasContent("data");
    }

    @Test
    void reportsDataOfPreReleaseVersionAndWhatToDelete() throws Exception {
        try (var database = EmbeddedDatabase.in(folder().resolve("db")).start();
                var connection = database.superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create schema work; create table work.databasechangelog (filename text);"
                    + " insert into work.databasechangelog values ('db/work/0001-charging-run.sql')");
        }
        var launched = launch(Ports.free(), 0);
        assertThat(launched.process().waitFor()).isEqualTo(1);
        assertThat(launched.output())
                .filteredOn(line -> line.contains("was made by a version before the first release"))
                .singleElement()
                .asString()
                .contains("the data in " + folder())
                .contains("delete the folder and start again");
        assertThat(launched.output()).noneMatch(line -> line.contains("starting the server"));
    }

    private record Launched(Process process, Path file) {
        List<String> output() throws IOException {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        }
    }

    private static String refusal(Launched launched) throws IOException, InterruptedException {
        assertThat(launched.process().waitFor()).isEqualTo(1);
        assertThat(launched.output()).hasSize(1);
        return launched.output().get(0);
    }

    private Launched launch(int httpPort, int databasePort) throws IOException {
        var file = temporary.resolve("output-" + started.size() + ".txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Launcher.class.getName(),
                        Path.of("target/wildfly").toAbsolutePath().toString(),
                        page().toString(),
                        folder().toString(),
                        Integer.toString(httpPort),
                        Integer.toString(databasePort))
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        started.add(process);
        return new Launched(process, file);
    }

    private static void await(Launched launched, String text) throws IOException {
        while (launched.output().stream().noneMatch(line -> line.contains(text))) {
            assertThat(launched.process().isAlive()).as("%s", launched.output()).isTrue();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private long server() throws IOException {
        return Long.parseLong(Files.readString(folder().resolve("server/server.pid"), StandardCharsets.UTF_8));
    }

    private Path folder() {
        return temporary.resolve("a folder");
    }

    private Path page() throws IOException {
        var war = temporary.resolve("page.war");
        if (!Files.exists(war)) {
            try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
                zip.putNextEntry(new ZipEntry(Server.HEALTH_PATH.substring(1)));
                zip.write("{}".getBytes(StandardCharsets.UTF_8));
                zip.putNextEntry(new ZipEntry("WEB-INF/jboss-web.xml"));
                zip.write("<jboss-web><context-root>/</context-root></jboss-web>".getBytes(StandardCharsets.UTF_8));
            }
        }
        return war;
    }
}
