package io.tenantry.cluster;

import io.tenantry.bench.BenchArchive;
import io.tenantry.bench.Driver;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import io.tenantry.server.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Nodes on one database, which they reach through a {@link DatabaseProxy}. The nodes run the archive that ships, with the benchmark's driver
 * beside it; their timers are off, tests trigger the work.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration DEPLOYED_ATMOST = Duration.ofMinutes(3);

    private final EmbeddedDatabase database;
    private final DatabaseProxy proxy;
    private Path archive;
    private final Path folder;
    private final Map<String, String> settings;
    private final boolean isDirect;
    private final boolean isLasting;
    private final Map<String, Server> nodes = new ConcurrentHashMap<>();
    private final Map<String, BytemanFaults> saboteurs = new HashMap<>();
    private boolean isSabotaged;
    private volatile @Nullable Instant now;

    private Cluster(
            EmbeddedDatabase database, Path folder, Map<String, String> settings, boolean isDirect, boolean isLasting)
            throws IOException {
        this.database = database;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        this.isDirect = isDirect;
        this.isLasting = isLasting;
        proxy = new DatabaseProxy(database.port());
        archive = BenchArchive.make(Path.of(System.getProperty("tenantry.it.ear")), folder);
    }

    /** Returns a cluster without nodes, on a durable database that is reached directly: for measurements. */
    public static Cluster forSpeed(Path folder, Map<String, String> settings) throws IOException {
        return new Cluster(
                EmbeddedDatabase.scratchBuilder().start(), Files.createDirectories(folder), settings, true, true);
    }

    /** Returns a cluster without nodes. */
    public static Cluster in(Path folder, Map<String, String> settings) throws IOException {
        return careless(folder, settings, false, false);
    }

    /** Returns a cluster without nodes, on a durable database: acknowledged data survives the death of any process. */
    public static Cluster durable(Path folder, Map<String, String> settings) throws IOException {
        return new Cluster(
                EmbeddedDatabase.scratchBuilder().inMemory().start(),
                Files.createDirectories(folder),
                settings,
                false,
                false);
    }

    /**
     * Returns a cluster without nodes, on a database that is reached directly and does not survive a crash of the machine: for many small
     * requests.
     */
    public static Cluster direct(Path folder, Map<String, String> settings) throws IOException {
        return careless(folder, settings, true, true);
    }

    /** Like {@link #direct}, with nodes that start fast and are too short-lived for full JIT compilation. */
    public static Cluster brief(Path folder, Map<String, String> settings) throws IOException {
        return careless(folder, settings, true, false);
    }

    private static Cluster careless(Path folder, Map<String, String> settings, boolean isDirect, boolean isLasting)
            throws IOException {
        return new Cluster(
                EmbeddedDatabase.scratchBuilder().careless().start(),
                Files.createDirectories(folder),
                settings,
                isDirect,
                isLasting);
    }

    /** Starts nodes concurrently and waits for them. */
    public void start(String... names) {
        var starting = new ArrayList<Server>();
        for (var name : names) {
            var builder = Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve(name))
                    .environment(database.environment())
                    .environment("TENANTRY_DB_URL", url())
                    .environment("TENANTRY_NODE", name)
                    .environment("TENANTRY_TX_NODE", name)
                    .environment("TENANTRY_CHARGING_TIMER", "false")
                    .environment(settings)
                    .deployment(archive);
            if (isLasting) {
                // Measurements and sustained load need full JIT compilation; most tests need a node to start fast.
                builder.jvmOption("-XX:TieredStopAtLevel=4");
            }
            if (isSabotaged) {
                var bytemanFaults = BytemanFaults.onFreePort();
                builder.jvmOption(bytemanFaults.jvmOption());
                saboteurs.put(name, bytemanFaults);
            }
            var node = builder.start();
            nodes.put(name, node);
            starting.add(node);
        }
        starting.forEach(Cluster::awaitDeployed);
        List.of(names).stream().map(saboteurs::get).filter(Objects::nonNull).forEach(BytemanFaults::awaitReady);
        var time = now;
        if (time != null) {
            List.of(names).forEach(name -> driver(name).stopClock(time));
        }
    }

    /** Waits for deployment and keeps the log of a node that fails to start. */
    private static void awaitDeployed(Server node) {
        try {
            node.awaitDeployed(DEPLOYED_ATMOST);
        } catch (StartupException problem) {
            try {
                Files.copy(
                        node.base().resolve("log/server.log"),
                        Path.of("target", "node-" + node.base().getFileName() + ".log"),
                        StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException unreadable) {
                problem.addSuppressed(unreadable);
            }
            throw problem;
        }
    }

    private String url() {
        return isDirect ? database.url() : database.url().replace(":" + database.port(), ":" + proxy.port());
    }

    /** Nodes started from now on have the agent that can make any method fail. */
    public void letSaboteursIn() {
        isSabotaged = true;
    }

    /** Returns the fault agent of a node. */
    public BytemanFaults saboteur(String name) {
        var bytemanFaults = saboteurs.get(name);
        if (bytemanFaults == null) {
            throw new IllegalArgumentException("no saboteur in node " + name);
        }
        return bytemanFaults;
    }

    /** Nodes started from now on run this archive instead. */
    public void deploy(Path other) {
        archive = other;
    }

    /** Returns the archive run by nodes started from now on. */
    public Path archive() {
        return archive;
    }

    /** Stops a node gracefully. */
    public void stop(String name) {
        node(name).close();
        nodes.remove(name);
    }

    public Driver driver(String node) {
        return new Driver(node(node).httpPort());
    }

    public Server node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    public DatabaseProxy proxy() {
        return proxy;
    }

    public EmbeddedDatabase database() {
        return database;
    }

    /** Nodes started from now on have their clocks at the instant. */
    public void startAt(Instant instant) {
        now = instant;
    }

    /** Stops all nodes' clocks at the instant, including those of later nodes. */
    public void at(Instant instant) {
        startAt(instant);
        nodes.keySet().forEach(name -> driver(name).stopClock(instant));
    }

    /** Sends a signal to a node's process: {@code STOP}, {@code CONT}. */
    public void signal(String name, String signal) {
        try {
            new ProcessBuilder(
                            "kill",
                            "-" + signal,
                            Long.toString(node(name).process().pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes a statement as superuser, bypassing the proxy. */
    public void run(String statement) {
        try (var connection = database.superuser().getConnection();
                var running = connection.createStatement()) {
            running.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a number from the database, queried as superuser, bypassing the proxy. */
    public long number(String query) {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns texts from the database, queried as superuser, bypassing the proxy. */
    public List<String> texts(String query) {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(Server::close);
        proxy.close();
        database.close();
    }
}
