package io.tenantry.faults;

import io.tenantry.bench.BenchArchive;
import io.tenantry.bench.Driver;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some nodes on one database, which they reach through a {@link DatabaseProxy}. The nodes run the archive that ships, with the
 * benchmark's driver beside it; their timers are off, tests say when there is work.
 */
final class Cluster implements AutoCloseable {
    private static final Duration DEPLOYED_ATMOST = Duration.ofMinutes(3);

    private final EmbeddedDatabase database;
    private final DatabaseProxy proxy;
    private final Path archive;
    private final Path folder;
    private final Map<String, String> settings;
    private final Map<String, Server> nodes = new HashMap<>();
    private @Nullable Instant now;

    private Cluster(EmbeddedDatabase database, Path folder, Map<String, String> settings) throws IOException {
        this.database = database;
        this.folder = folder;
        this.settings = Map.copyOf(settings);
        proxy = new DatabaseProxy(database.port());
        archive = BenchArchive.make(Path.of(System.getProperty("tenantry.it.ear")), folder);
    }

    /** A cluster without nodes. */
    static Cluster in(Path folder, Map<String, String> settings) throws IOException {
        return new Cluster(
                EmbeddedDatabase.scratchBuilder().careless().start(), Files.createDirectories(folder), settings);
    }

    /** Starts nodes, all at once, and waits for them. */
    void start(String... names) {
        var starting = new ArrayList<Server>();
        for (var name : names) {
            var node = Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve(name))
                    .environment(database.environment())
                    .environment("TENANTRY_DB_URL", database.url().replace(":" + database.port(), ":" + proxy.port()))
                    .environment("TENANTRY_NODE", name)
                    .environment("TENANTRY_TX_NODE", name)
                    .environment("TENANTRY_CHARGING_TIMER", "false")
                    .environment(settings)
                    .deployment(archive)
                    .start();
            nodes.put(name, node);
            starting.add(node);
        }
        starting.forEach(node -> node.awaitDeployed(DEPLOYED_ATMOST));
        var time = now;
        if (time != null) {
            List.of(names).forEach(name -> driver(name).stopClock(time));
        }
    }

    Driver driver(String node) {
        return new Driver(node(node).httpPort());
    }

    Server node(String name) {
        var node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("no node " + name);
        }
        return node;
    }

    DatabaseProxy proxy() {
        return proxy;
    }

    EmbeddedDatabase database() {
        return database;
    }

    /** All nodes' clocks stand at the instant, those of later ones too. */
    void at(Instant instant) {
        now = instant;
        nodes.keySet().forEach(name -> driver(name).stopClock(instant));
    }

    /** One number of the database, asked past the proxy by one who sees everything. */
    long number(String query) {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
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
