package io.tenantry.admin.platform;

import io.tenantry.billing.charging.RunQuery;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The health of the infrastructure: nodes, database, JVM, clock. */
@Stateless
public class PlatformHealth {
    @Inject
    Access access;

    @Inject
    Sql sql;

    @Inject
    Nodes nodes;

    @Inject
    RunQuery runs;

    @Inject
    MovableClock clock;

    /**
     * The database.
     *
     * @param answered the response time of a trivial query
     * @param connections open ones of this database
     */
    public record Database(String version, Duration answered, long bytes, int connections, int connectionsMax) {}

    /** This JVM. */
    public record Machine(
            String java, Duration up, long heapBytes, long heapBytesMax, int processors, String version) {}

    /**
     * The state of the infrastructure.
     *
     * @param lastRun the latest charging run, if there is one
     * @param ahead how far a demo's clock was moved
     */
    public record State(
            List<Nodes.Node> nodes,
            Database database,
            Machine machine,
            Optional<RunQuery.RunSummary> lastRun,
            Instant now,
            Duration ahead) {}

    /** Returns the present state. */
    public State state() {
        access.require(Permission.PLATFORM_HEALTH_VIEW);
        return new State(
                nodes.all(),
                database(),
                machine(),
                runs.list(new RunQuery.Filter(null, false, 0, 1)).stream().findFirst(),
                clock.instant(),
                clock.offset());
    }

    private Database database() {
        var began = System.nanoTime();
        sql.one("select 1 as one", row -> row.whole("one"));
        var answered = Duration.ofNanos(System.nanoTime() - began);
        return sql.one(
                """
                select current_setting('server_version') as version,
                       pg_database_size(current_database()) as bytes,
                       (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
                       current_setting('max_connections')::int as connections_max
                """,
                row -> new Database(
                        row.text("version"),
                        answered,
                        row.big("bytes"),
                        row.whole("connections"),
                        row.whole("connections_max")));
    }

    private static Machine machine() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var version = PlatformHealth.class.getPackage().getImplementationVersion();
        return new Machine(
                runtime.getVmName() + " " + Runtime.version(),
                Duration.ofMillis(runtime.getUptime()),
                heap.getUsed(),
                heap.getMax(),
                Runtime.getRuntime().availableProcessors(),
                version == null ? "1.0.0-SNAPSHOT" : version);
    }
}
