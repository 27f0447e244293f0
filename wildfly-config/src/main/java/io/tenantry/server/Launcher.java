package io.tenantry.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code mvn -Prun}: starts a PostgreSQL with persistent data, the assembled server, and the application with its demo. Prints the addresses
 * and logins when it is ready, and stops all of it in the right order when it is interrupted.
 *
 * <p>A failure is reported in one line, and the exit code is 1.
 */
public final class Launcher {
    private static final int OLDEST_JAVA = 17;
    private static final Pattern DOING = Pattern.compile("\"doing\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Duration READY_ATMOST = Duration.ofHours(1);

    private final Path home;
    private final Path archive;
    private final Path folder;
    private final int httpPort;
    private final int databasePort;
    private final PrintWriter out = new PrintWriter(
            new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8), true);

    private @Nullable EmbeddedDatabase database;
    private @Nullable Server server;
    private boolean stopped;
    private String reported = "";

    private Launcher(Path home, Path archive, Path folder, int httpPort, int databasePort) {
        this.home = home;
        this.archive = archive;
        this.folder = folder.toAbsolutePath().normalize();
        this.httpPort = httpPort;
        this.databasePort = databasePort;
    }

    /**
     * Entry point for the build: the assembled server, the archive, the folder for all persistent data, the HTTP port, the database's port (0:
     * a free one). With a sixth argument it only checks whether folder and ports are available.
     */
    public static void main(String[] arguments) {
        int code;
        try {
            if (arguments.length > 5) {
                // Checked before the build: what cannot start need not be built.
                of(arguments).requireRoom();
                return;
            }
            code = of(arguments).run();
        } catch (StartupException e) {
            complain(e.getMessage());
            code = 1;
        } catch (IOException e) {
            complain(e.toString());
            code = 1;
        }
        Runtime.getRuntime().exit(code);
    }

    private static Launcher of(String[] arguments) {
        return new Launcher(
                Path.of(arguments[0]),
                Path.of(arguments[1]),
                Path.of(arguments[2]),
                number(arguments[3], "-Dhttp.port"),
                number(arguments[4], "-Ddb.port"));
    }

    private static void complain(@Nullable String message) {
        var err = new PrintWriter(
                new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true);
        err.println("tenantry: " + message);
    }

    private static int number(String text, String option) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            throw new StartupException(option + " is '" + text + "', which is not a port number", e);
        }
    }

    /** Checks that a start is possible here, without changing anything. */
    private void requireRoom() throws IOException {
        requireJava();
        createFolder();
        try (var lock = locked()) {
            if (!Server.isOrphaned(folder.resolve("server"))) {
                requirePorts();
            }
        }
    }

    private static void requireJava() {
        var java = Runtime.version().feature();
        if (java < OLDEST_JAVA) {
            throw new StartupException("Java " + java + " is too old: Tenantry needs " + OLDEST_JAVA
                    + " or later; set JAVA_HOME to a newer JDK");
        }
    }

    private void requirePorts() {
        Ports.requireFree(httpPort, "the web", "-Dhttp.port=...");
        if (databasePort != 0) {
            Ports.requireFree(databasePort, "PostgreSQL", "-Ddb.port=...");
        }
    }

    private int run() throws IOException {
        requireJava();
        createFolder();
        try (var lock = locked()) {
            Server.endOrphan(folder.resolve("server"));
            Postmaster.endOrphan(folder.resolve("db"));
            requirePorts();
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "tenantry's end"));
            out.println("tenantry: starting PostgreSQL in " + folder.resolve("db"));
            var data = startDatabase();
            requireKnown(data);
            out.println("tenantry: starting the server; its log is " + folder.resolve("server/log/server.log"));
            var started = startServer(data);
            if (!Files.exists(logins())) {
                out.println("tenantry: a first start makes two brands and two months of their history; please wait");
            }
            started.awaitDeployed(READY_ATMOST);
            started.await("the application", READY_ATMOST, this::isReady);
            banner();
            var code = started.awaitEnd();
            return hasStopped() || code == 0 ? 0 : 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } catch (StartupException e) {
            // A failure caused by our own shutdown is not an error.
            if (hasStopped()) {
                return 0;
            }
            throw e;
        } finally {
            stop();
        }
    }

    private void createFolder() {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartupException("cannot create " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Ensures a single launcher per folder. The lock is released with the process, however that ends. */
    private FileLock locked() throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new StartupException(folder + " belongs to another user; remove it, or start as its owner", e);
        }
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // Handled like a lock of another process.
        }
        channel.close();
        throw new StartupException("another Tenantry already runs on " + folder + "; stop it first");
    }

    /** Holds the monitor, so that a concurrent shutdown waits for it and stops what it started. */
    private synchronized EmbeddedDatabase startDatabase() {
        requireGoingOn();
        var started =
                EmbeddedDatabase.in(folder.resolve("db")).port(databasePort).start();
        database = started;
        return started;
    }

    /** Rejects data of a version before the first release. The application does so as well; here the folder to delete is known. */
    private void requireKnown(EmbeddedDatabase data) {
        try (var connection = data.superuser().getConnection();
                var statement = connection.createStatement()) {
            try (var made = statement.executeQuery("select to_regclass('work.databasechangelog') is not null")) {
                if (!made.next() || !made.getBoolean(1)) {
                    return;
                }
            }
            try (var numbered = statement.executeQuery(
                    "select from work.databasechangelog where filename ~ '/[0-9]{4}-[^/]*$' limit 1")) {
                if (numbered.next()) {
                    throw new StartupException(
                            "the data in " + folder + " was made by a version before the first release,"
                                    + " which cannot be brought up to date; delete the folder and start again, for a new demo");
                }
            }
        } catch (SQLException e) {
            throw new StartupException(
                    "cannot tell which version made the data in " + folder + ": " + e.getMessage(), e);
        }
    }

    private synchronized Server startServer(EmbeddedDatabase data) throws IOException {
        requireGoingOn();
        var started = Server.in(home, folder.resolve("server"))
                .environment(data.environment())
                .environment("TENANTRY_DEMO", "true")
                .environment("TENANTRY_DEMO_LOGINS_FILE", logins().toString())
                .environment("TENANTRY_SECRET_KEYS_FILE", SecretKeys.in(folder).toString())
                .environment("TENANTRY_PUBLIC_PORT", Integer.toString(httpPort))
                .property("tenantry.log.json", "false")
                .property("tenantry.log.text", "true")
                .httpPort(httpPort)
                .deployment(archive)
                .start();
        server = started;
        return started;
    }

    private void requireGoingOn() {
        if (stopped) {
            throw new StartupException("stopped before it was ready");
        }
    }

    private Path logins() {
        return folder.resolve("demo-logins.txt").toAbsolutePath();
    }

    private boolean isReady() throws IOException {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + Server.HEALTH_PATH))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            var answer = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            reportProgress(answer.body());
            return answer.statusCode() == 200;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Prints what the application is doing, and fails if the application has failed. */
    private void reportProgress(String health) {
        var found = DOING.matcher(health);
        if (found.find()) {
            var doing = found.group(1).replaceAll("\\\\(.)", "$1");
            if (health.contains("\"failed\":true")) {
                throw new StartupException(
                        doing + "; the next start retries, the log is " + folder.resolve("server/log/server.log"));
            }
            if (!doing.equals(reported)) {
                out.println("tenantry: " + doing);
                reported = doing;
            }
        }
    }

    private void banner() throws IOException {
        var line = "-".repeat(78);
        out.println(line);
        out.println("  Tenantry is ready.");
        out.println();
        for (var host : List.of("aurora", "borealis", "platform")) {
            out.println("  http://" + host + ".localhost:" + httpPort + "/");
        }
        if (Files.isRegularFile(logins())) {
            out.println();
            for (var text : Files.readAllLines(logins(), StandardCharsets.UTF_8)) {
                out.println("  " + text);
            }
        }
        out.println();
        out.println("  Ctrl-C stops it; the data stays in " + folder);
        out.println(line);
    }

    private synchronized boolean hasStopped() {
        return stopped;
    }

    /** Stops the server first, so that it can finish its work; then the database. */
    private synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        if (server != null) {
            out.println("tenantry: stopping the server");
            server.close();
        }
        if (database != null) {
            out.println("tenantry: stopping PostgreSQL");
            database.close();
        }
    }
}
