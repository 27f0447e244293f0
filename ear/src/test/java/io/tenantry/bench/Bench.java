package io.tenantry.bench;

import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Charges a trace of real servers with the real job: {@code mvn -Pbench -Dtrace=FILE -Dbench.out=FILE.json}. A scratch database and a server
 * are started on free ports. Servers start and end at their recorded second; the clock is moved hour by hour and the job
 * {@code hourly-charging} runs, the last time at the trace's end.
 *
 * <p>Only the job's own time counts as charging time; hours charged as servers start and end are part of the total, not of the speed.
 *
 * <p>With {@code -Dbench.invoice=true} every server ends with the trace, the clock is moved past the last month's window, and the real job
 * {@code invoicing} issues the documents for all charges.
 */
public final class Bench {
    /** A month of 31 days, starting at its first second: a trace of up to 744 hours does not cross a month boundary. */
    private static final YearMonth MONTH = YearMonth.of(2026, 1);

    private static final Instant START =
            MONTH.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    private static final System.Logger LOG = System.getLogger(Bench.class.getName());
    private static final Duration DEPLOYED_ATMOST = Duration.ofMinutes(5);
    private static final int LOADERS = 8;

    /** Longer than a month's window. */
    private static final Duration AFTER_THE_MONTH = Duration.ofDays(4);

    private final Trace trace;
    private final boolean isInvoiced;
    private final boolean isProfiled;
    private final Map<String, Integer> requests = new HashMap<>();
    private double jobSeconds;
    private double jobCpuJvm;
    private double jobCpuPostgres;
    private double arrivalCpu;
    private double invoiceSeconds;
    private double invoiceCpu;

    private Bench(Trace trace, boolean isInvoiced, boolean isProfiled) {
        this.trace = trace;
        this.isInvoiced = isInvoiced;
        this.isProfiled = isProfiled;
    }

    /** Arguments: trace, result, EAR, server home, scratch folder, number of the trace's first hours or "all", whether to invoice, and whether to profile statements. */
    public static void main(String[] arguments) throws IOException, SQLException {
        if (Stream.of(arguments).anyMatch(Bench::isMissing) || arguments.length < 8) {
            throw new IllegalArgumentException(
                    "say which trace and where to: mvn -Pbench -Dtrace=FILE -Dbench.out=FILE.json [-Dbench.hours=N]"
                            + " [-Dbench.invoice=true] [-Dbench.profile=true]");
        }
        var file = Path.of(arguments[0]).toAbsolutePath();
        var out = Path.of(arguments[1]).toAbsolutePath();
        var scratch = Files.createDirectories(Path.of(arguments[4]));
        if (!arguments[5].equals("all")) {
            var cut = scratch.resolve("trace.csv");
            Trace.cut(file, Integer.parseInt(arguments[5]), cut);
            file = cut;
        }
        var isInvoiced = Boolean.parseBoolean(arguments[6]);
        var isProfiled = Boolean.parseBoolean(arguments[7]);
        var report = new Bench(Trace.read(file), isInvoiced, isProfiled)
                .run(file, Path.of(arguments[2]), Path.of(arguments[3]), scratch);
        Files.createDirectories(out.getParent());
        Files.writeString(out, report.json(), StandardCharsets.UTF_8);
        showOutcome("result in {0}:\n{1}", out, report.json());
        if (!report.isRight()) {
            throw new IllegalStateException("charged and expected differ, or the books are not in order: see " + out);
        }
    }

    /** Returns whether a property is not set, as passed by Maven. */
    private static boolean isMissing(@Nullable String argument) {
        return argument == null || argument.isBlank();
    }

    private Report run(Path file, Path ear, Path home, Path scratch) throws IOException, SQLException {
        var archive = BenchArchive.make(ear, scratch);
        var builder = EmbeddedDatabase.scratchBuilder();
        try (var database = (isProfiled ? StatementProfile.counting(builder) : builder).start();
                var server = Server.in(home, scratch.resolve("server"))
                        .environment(database.environment())
                        .property("tenantry.charging.timer", "false")
                        .deployment(archive)
                        .start()) {
            server.awaitDeployed(DEPLOYED_ATMOST);
            var postgres = ProcessHandle.of(database.pid()).orElseThrow();
            var driver = new Driver(server.httpPort());
            if (isProfiled) {
                StatementProfile.begin(database.superuser());
            }
            play(driver, server.process(), postgres);
            if (isProfiled) {
                showOutcome(
                        "statements:\n{0}",
                        StatementProfile.read(database.superuser()).lines());
            }
            var books = new Books(database.superuser(), "t_bench");
            var invoiced =
                    isInvoiced ? Optional.of(books.invoiced(invoiceSeconds, invoiceCpu)) : Optional.<Invoiced>empty();
            var jvmUsed = Consumption.of(server.process());
            var postgresUsed = Consumption.of(postgres);
            var broken = driver.audit().size();
            var figures = books.read();
            showOutcome("the job: {0} hours charged; updates in place {1}", figures.jobHours(), figures.hotUpdates());
            return new Report(
                    figures,
                    broken,
                    Expectation.of(file, MONTH),
                    jobSeconds,
                    arrivalCpu,
                    invoiced,
                    jvmUsed,
                    postgresUsed);
        }
    }

    private void play(Driver driver, ProcessHandle jvm, ProcessHandle postgres) {
        var began = System.nanoTime();
        driver.createTenant(START);
        driver.sell(trace.flavours().values().stream()
                .map(flavour -> String.join(
                        "\t",
                        flavour.name(),
                        flavour.vcpus().toPlainString(),
                        flavour.memoryGb().toPlainString(),
                        flavour.monthly().toPlainString()))
                .toList());
        trace.requests().forEach(name -> requests.put(name, requests.size()));
        var loaders = Executors.newFixedThreadPool(LOADERS);
        try {
            open(driver, loaders);
            showOutcome("{0} organizations with wallets after {1} s", requests.size(), secondsSince(began));
            charge(driver, loaders, jvm, postgres);
            if (isInvoiced) {
                applyEvents(driver, loaders, trace.lastEvents());
                invoice(driver, jvm, postgres);
            }
        } finally {
            loaders.shutdown();
        }
        showOutcome(
                "played in {0} s; the job took {1} s, of CPU {2} s in the JVM and {3} s in PostgreSQL",
                secondsSince(began), jobSeconds, jobCpuJvm, jobCpuPostgres);
    }

    private void open(Driver driver, ExecutorService loaders) {
        var lines = trace.requests().stream()
                .map(name -> requests.get(name) + "\t" + name)
                .toList();
        var tasks = new ArrayList<Future<?>>();
        for (var i = 0; i < LOADERS; i++) {
            var part = lines.subList(lines.size() * i / LOADERS, lines.size() * (i + 1) / LOADERS);
            tasks.add(loaders.submit(() -> driver.welcome(part)));
        }
        await(tasks);
    }

    /** For each hour, books the hour's events at its end and then runs the job. */
    private void charge(Driver driver, ExecutorService loaders, ProcessHandle jvm, ProcessHandle postgres) {
        var events = trace.events();
        var next = 0;
        for (var until = Math.min(Trace.HOUR_MICROS, trace.endMicros()); ; ) {
            var from = next;
            while (next < events.size() && events.get(next).atMicros() <= until) {
                next++;
            }
            var now = START.plusNanos(until * 1_000);
            driver.stopClock(now);
            var before = cpu(jvm) + cpu(postgres);
            applyEvents(driver, loaders, events.subList(from, next));
            arrivalCpu += cpu(jvm) + cpu(postgres) - before;
            measure(driver, now, jvm, postgres);
            if (until == trace.endMicros()) {
                return;
            }
            until = Math.min(until + Trace.HOUR_MICROS, trace.endMicros());
        }
    }

    /** Each customer's events are handled by one loader, in order, so loaders never share a wallet. */
    private void applyEvents(Driver driver, ExecutorService loaders, List<Trace.Event> events) {
        var parts = new ArrayList<List<String>>();
        for (var i = 0; i < LOADERS; i++) {
            parts.add(new ArrayList<>());
        }
        for (var event : events) {
            var server = trace.servers().get(event.row());
            int request = requests.getOrDefault(server.request(), -1);
            parts.get(request % LOADERS)
                    .add(event.row() + "\t" + request + "\t"
                            + (event.isArrival() ? server.flavour().name() : "") + "\t"
                            + START.plusNanos(event.atMicros() * 1_000));
        }
        var tasks = new ArrayList<Future<?>>();
        for (var part : parts) {
            tasks.add(loaders.submit(() -> driver.applyEvents(part)));
        }
        await(tasks);
    }

    private void measure(Driver driver, Instant until, ProcessHandle jvm, ProcessHandle postgres) {
        var jvmBefore = cpu(jvm);
        var postgresBefore = cpu(postgres);
        var took = driver.charge(until).toNanos() / 1e9;
        jobSeconds += took;
        jobCpuJvm += cpu(jvm) - jvmBefore;
        jobCpuPostgres += cpu(postgres) - postgresBefore;
        showOutcome("charged until {0} in {1} s", until, took);
    }

    /** Issues the documents of all months once the window of the trace's last month is over. */
    private void invoice(Driver driver, ProcessHandle jvm, ProcessHandle postgres) {
        var end = START.plusNanos(trace.endMicros() * 1_000).atZone(ZoneOffset.UTC);
        var now = YearMonth.from(end)
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plus(AFTER_THE_MONTH);
        var before = cpu(jvm) + cpu(postgres);
        invoiceSeconds = driver.invoice(now).toNanos() / 1e9;
        invoiceCpu = cpu(jvm) + cpu(postgres) - before;
        showOutcome("documents issued in {0} s, {1} s of CPU", invoiceSeconds, invoiceCpu);
    }

    private static double cpu(ProcessHandle process) {
        return Consumption.of(process).map(Consumption::cpuSeconds).orElse(0.0);
    }

    private static void await(List<Future<?>> tasks) {
        for (var task : tasks) {
            try {
                task.get();
            } catch (ExecutionException failed) {
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000_000.0;
    }

    private static void showOutcome(String format, Object... values) {
        LOG.log(System.Logger.Level.INFO, format, values);
    }
}
