package io.tenantry.scale;

import io.tenantry.bench.Consumption;
import io.tenantry.bench.Driver;
import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.Figures;
import io.tenantry.isolation.RawConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The cost of many tenants: {@code mvn -Pscale -Dscale.out=FILE.json -Dscale.tenants=500}. Tenants are added up to 10, 100 and the requested
 * number. At each of these marks more are created and removed under measurement, a key of each tenant is used, and the database's memory is
 * measured after twenty connections served all of them. Then follow: a start with nothing to do, a start of the next version with a change of
 * every schema, one of them broken, and a crash of the database.
 */
public final class Scale {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<Integer> MARKS = List.of(10, 100);
    private static final int CONNECTIONS = 20;
    private static final long SEED = 42;
    private static final int TRIES = 20;
    private static final long LOOK_AGAIN_NANOS = 20_000_000;
    private static final String SLICES_DONE = "select count(*) from work.charging_slice where state = 'DONE'";
    static final Map<String, String> SETTINGS = Map.of(
            "TENANTRY_DB_POOL", String.valueOf(CONNECTIONS),
            "TENANTRY_API_RATE_KEY", "1000000",
            "TENANTRY_API_RATE_TENANT", "10000000",
            "TENANTRY_API_RATE_ADDRESS", "1000000",
            "TENANTRY_PASSWORD_MEMORY_KIB", "1024");

    private final Cluster cluster;
    private final Effort effort;
    private final Path folder;
    private final List<Tenant> tenants = new ArrayList<>();
    private final Figures figures = new Figures();

    private record Tenant(String slug, String key) {
        String request() {
            return "GET /api/v1/vps HTTP/1.1\r\nHost: " + slug + ".localhost\r\nAuthorization: Bearer " + key
                    + "\r\n\r\n";
        }
    }

    /**
     * The effort at each mark.
     *
     * @param warmUp tenants created and removed before measurement
     * @param creations tenants created and removed under measurement; odd, so that there is a median
     * @param requests by one caller under measurement, and as many before
     * @param rounds how often each of twenty callers sends as many requests as there are tenants
     */
    record Effort(int warmUp, int creations, int requests, int rounds) {
        static final Effort LONG = new Effort(40, 21, 3_000, 2);
        static final Effort SHORT = new Effort(5, 7, 300, 1);
    }

    private Scale(Cluster cluster, Effort effort, Path folder) {
        this.cluster = cluster;
        this.effort = effort;
        this.folder = folder;
    }

    /** Arguments: result, number of tenants, scratch folder, and {@code all} or {@code creation}: what to measure. */
    public static void main(String[] arguments) throws Exception {
        var out = Path.of(arguments[0]).toAbsolutePath();
        var number = Integer.parseInt(arguments[1]);
        var folder = Files.createDirectories(Path.of(arguments[2])).toAbsolutePath();
        try (var cluster = Cluster.forSpeed(folder, SETTINGS)) {
            var figures = arguments[3].equals("creation")
                    ? measureCreation(cluster, number, folder)
                    : measure(cluster, number, Effort.LONG, folder);
            figures.write(out);
        }
    }

    /** Runs all measurements. */
    static Figures measure(Cluster cluster, int number, Effort effort, Path folder) throws Exception {
        var scale = new Scale(cluster, effort, folder);
        scale.figures.tell("start_of_an_empty_platform_s", scale.start());
        scale.warmUp();
        for (var mark : marks(number)) {
            scale.growTo(mark);
            scale.creations();
            scale.requests();
            scale.memory();
        }
        scale.startAgain();
        scale.migrate();
        scale.crash();
        return scale.figures;
    }

    /** Measures only the duration of creating a tenant. */
    private static Figures measureCreation(Cluster cluster, int number, Path folder) {
        var scale = new Scale(cluster, Effort.LONG, folder);
        scale.figures.tell("start_of_an_empty_platform_s", scale.start());
        scale.warmUp();
        for (var mark : marks(number)) {
            scale.growTo(mark);
            scale.creations();
        }
        return scale.figures;
    }

    private static List<Integer> marks(int number) {
        var marks = new ArrayList<>(MARKS.stream().filter(mark -> mark < number).toList());
        marks.add(number);
        return marks;
    }

    private Driver driver() {
        return cluster.driver("a");
    }

    private double start() {
        var began = System.nanoTime();
        cluster.start("a");
        var took = seconds(began);
        cluster.at(BEGIN);
        return took;
    }

    private void warmUp() {
        for (var i = 0; i < effort.warmUp(); i++) {
            driver().create("warm-" + i);
        }
        for (var i = 0; i < effort.warmUp(); i++) {
            driver().deleteTenant("warm-" + i);
        }
    }

    private void growTo(int number) {
        while (tenants.size() < number) {
            var slug = "tenant-" + tenants.size();
            driver().createUniformTenant(slug, 3, 2, "7.30", "1000");
            tenants.add(new Tenant(slug, driver().plantCanaries(slug).get(0)));
        }
    }

    private void creations() {
        // As in normal operation: pending writes of the hundreds of tenants created minutes before do not count for
        // this tenant.
        cluster.run("checkpoint");
        cluster.run("vacuum analyze");
        var took = new ArrayList<Duration>();
        for (var i = 0; i < effort.creations(); i++) {
            took.add(driver().create("more-" + i));
        }
        for (var i = 0; i < effort.creations(); i++) {
            driver().deleteTenant("more-" + i);
        }
        took.sort(null);
        figures.tell(
                "creation_p50_ms_at_" + tenants.size(),
                took.get(effort.creations() / 2).toNanos() / 1e6);
        figures.tell(
                "creation_max_ms_at_" + tenants.size(),
                took.get(effort.creations() - 1).toNanos() / 1e6);
    }

    /** Sends requests of one caller to random tenants; the second half counts. */
    private void requests() throws IOException {
        var random = new Random(SEED);
        var took = new ArrayList<Long>();
        try (var rawConnection = new RawConnection(cluster.node("a").httpPort())) {
            ask(rawConnection, random, effort.requests());
            var before = cpu();
            for (var i = 0; i < effort.requests(); i++) {
                var began = System.nanoTime();
                ask(rawConnection, random, 1);
                took.add(System.nanoTime() - began);
            }
            figures.tell("request_cpu_ms_at_" + tenants.size(), (cpu() - before) * 1_000 / effort.requests());
        }
        took.sort(null);
        figures.tell("request_p50_ms_at_" + tenants.size(), took.get(effort.requests() / 2) / 1e6);
        figures.tell("request_p99_ms_at_" + tenants.size(), took.get(effort.requests() * 99 / 100) / 1e6);
    }

    private void ask(RawConnection rawConnection, Random random, int times) throws IOException {
        for (var i = 0; i < times; i++) {
            var tenant = tenants.get(random.nextInt(tenants.size()));
            var answer = rawConnection.send(tenant.request());
            if (answer.status() != 200 || !answer.body().contains(tenant.slug())) {
                throw new IllegalStateException(tenant.slug() + " got " + answer);
            }
        }
    }

    private double cpu() {
        return Consumption.of(cluster.node("a").process()).orElseThrow().cpuSeconds()
                + Consumption.of(ProcessHandle.of(cluster.database().pid()).orElseThrow())
                        .orElseThrow()
                        .cpuSeconds();
    }

    /** Requests all tenants repeatedly, with as many callers as connections. */
    private void memory() throws Exception {
        var opened = sessions();
        var callers = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            var calls = IntStream.range(0, CONNECTIONS)
                    .<Future<?>>mapToObj(caller -> callers.submit(() -> {
                        try (var rawConnection =
                                new RawConnection(cluster.node("a").httpPort())) {
                            ask(rawConnection, new Random(SEED + caller), tenants.size() * effort.rounds());
                        }
                        return caller;
                    }))
                    .toList();
            watch(calls);
            all(calls);
        } finally {
            callers.shutdown();
        }
        figures.tell("connections_opened_at_" + tenants.size(), sessions() - opened);
    }

    /** Samples the processes under load: the maximum number and the maximum memory. */
    private void watch(List<Future<?>> calls) throws IOException {
        var number = 0L;
        var all = 0L;
        var largest = 0L;
        while (!calls.stream().allMatch(Future::isDone)) {
            var backends = Backends.of(cluster.database().pid(), "tenantry");
            number = Math.max(number, backends.number());
            all = Math.max(all, backends.allMiB());
            largest = Math.max(largest, backends.largestMiB());
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        figures.tell("backends_at_" + tenants.size(), number);
        figures.tell("backends_all_mib_at_" + tenants.size(), all);
        figures.tell("backend_largest_mib_at_" + tenants.size(), largest);
    }

    private long sessions() {
        return cluster.number("select sessions from pg_stat_database where datname = current_database()");
    }

    private static void all(List<Future<?>> calls) throws InterruptedException, ExecutionException {
        for (var call : calls) {
            call.get();
        }
    }

    private void startAgain() {
        cluster.stop("a");
        figures.tell("start_with_nothing_to_do_s_at_" + tenants.size(), start());
    }

    /** Deploys the next version, which changes every schema; in one the change fails. */
    private void migrate() throws IOException {
        var broken = tenants.get(tenants.size() / 2);
        cluster.run("create table t_" + broken.slug().replace('-', '_') + "." + AddedChange.TABLE + " (id int)");
        cluster.stop("a");
        cluster.deploy(AddedChange.in(cluster.archive(), folder));
        figures.tell("start_of_the_next_version_s_at_" + tenants.size(), start());
        var migrated = cluster.number("select count(*) from pg_class where relname = '" + AddedChange.TABLE + "_pk'");
        var active = cluster.number("select count(*) from platform.tenant where state = 'ACTIVE'");
        var kept = cluster.number(
                "select count(*) from platform.tenant where state = 'MAINTENANCE' and slug = '" + broken.slug() + "'");
        if (migrated != tenants.size() - 1 || active != tenants.size() - 1 || kept != 1) {
            throw new IllegalStateException(migrated + " migrated, " + active + " active, " + kept + " in maintenance");
        }
        figures.tell("migrated_at_" + tenants.size(), migrated);
        try (var rawConnection = new RawConnection(cluster.node("a").httpPort())) {
            figures.tell("broken_answers", rawConnection.send(broken.request()).status());
            tenants.remove(broken);
            ask(rawConnection, new Random(SEED), tenants.size());
        }
    }

    /** Crashes the database under load, and measures until it accepts connections again. */
    private void crash() throws Exception {
        driver().activateOnly(tenants.stream().map(Tenant::slug).toList());
        cluster.at(BEGIN.plus(Duration.ofHours(6)));
        // As in normal operation: only what was written since the last checkpoint is replayed.
        cluster.run("checkpoint");
        var charging = Executors.newSingleThreadExecutor();
        try {
            var work = charging.submit(() -> driver().work());
            while (cluster.number(SLICES_DONE) < tenants.size() / 4) {
                LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            }
            cluster.database().crash();
            var began = System.nanoTime();
            cluster.database().restart();
            figures.tell("crash_recovery_s_at_" + (tenants.size() + 1), seconds(began));
            figures.tell("was_disturbed", failed(work) ? 1 : 0);
            driver().workWithRetries(TRIES);
        } finally {
            charging.shutdown();
        }
        var found = driver().audit();
        if (!found.isEmpty()) {
            throw new IllegalStateException("after the crash: " + found);
        }
        figures.tell("invariants_broken_after_the_crash", found.size());
    }

    private static boolean failed(Future<Duration> work) throws InterruptedException {
        try {
            work.get();
            return false;
        } catch (ExecutionException disturbed) {
            return true;
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
