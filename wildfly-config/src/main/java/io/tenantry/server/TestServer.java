package io.tenantry.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A scratch database and an assembled server that uses it, on free ports, for tests and benchmarks; {@link #close()} deletes both. */
public final class TestServer implements AutoCloseable {
    /** System property: where the server's console output is kept after the server was deleted. */
    public static final String OUTPUT = "tenantry.test.output";

    /** System property: an agent for the server's JVM, as {@link JvmOptions} parses it; for coverage. */
    public static final String AGENT = "tenantry.test.agent";

    private static final Duration DEPLOY_ATMOST = Duration.ofMinutes(10);

    private final EmbeddedDatabase database;
    private final Server server;
    private final Path folder;

    private TestServer(EmbeddedDatabase database, Server server, Path folder) {
        this.database = database;
        this.server = server;
        this.folder = folder;
    }

    /**
     * Starts both and waits until the archives are deployed.
     *
     * @param home the assembled WildFly: {@code wildfly-config/target/wildfly}
     * @param archives the archives to deploy; if empty, waits until management responds
     * @param environment variables in addition to those of the database
     */
    public static TestServer start(Path home, List<Path> archives, Map<String, String> environment) {
        return start(EmbeddedDatabase.scratchBuilder().careless(), home, archives, environment, "1g");
    }

    /** Does the same with other settings of the database and another heap: for benchmarks. */
    public static TestServer start(
            EmbeddedDatabase.Builder config,
            Path home,
            List<Path> archives,
            Map<String, String> environment,
            String heap) {
        var database = config.start();
        var folder = TempFolders.newFolder();
        var builder = Server.in(home, folder.resolve("server"))
                .environment(database.environment())
                .environment(environment)
                .heap(heap)
                .property("tenantry.log.json", "false")
                .property("tenantry.log.text", "true");
        archives.forEach(builder::deployment);
        var output = System.getProperty(OUTPUT);
        if (output != null) {
            builder.output(Path.of(output));
        }
        JvmOptions.split(System.getProperty(AGENT, "")).forEach(builder::jvmOption);
        var started = new TestServer(database, builder.start(), folder);
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "test server's end"));
        database.leaveClosingToCaller();
        var ready = false;
        try {
            started.server.awaitDeployed(DEPLOY_ATMOST);
            started.server.awaitManagement(DEPLOY_ATMOST);
            ready = true;
        } finally {
            if (!ready) {
                started.stop();
            }
        }
        return started;
    }

    /** Returns the database. */
    public EmbeddedDatabase database() {
        return database;
    }

    /** Returns the server. */
    public Server server() {
        return server;
    }

    /** Stops both and deletes their files. */
    @Override
    public synchronized void close() {
        stop();
        TempFolders.delete(folder);
    }

    private void stop() {
        server.close();
        database.close();
    }
}
