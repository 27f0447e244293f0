package io.tenantry.bench.driver;

import io.tenantry.batch.JobStarter;
import io.tenantry.bench.driver.DataLoader.Event;
import io.tenantry.bench.driver.DataLoader.Flavour;
import io.tenantry.bench.driver.DataLoader.Request;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceWorker;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.TenantId;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Commands of the benchmark to the server, one line of text each: {@code POST /bench/tenant, /flavours, /requests, /clock, /events,
 * /charge, /invoice, /issue, /sellers, /leap, /mass, /create, /erase, /start, /show, /work, /tick, /meddle, /audit}. Instants are ISO, fields
 * are separated by tabs.
 */
@WebServlet("/*")
public class DriverServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String JOB = "hourly-charging";
    private static final int LINES_PER_TRANSACTION = 250;
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int WALLETS_PER_TRANSACTION = 10_000;

    @Inject
    transient DataLoader dataLoader;

    @Inject
    transient BulkData bulkData;

    @Inject
    transient ChargingRuns runs;

    @Inject
    transient InvoiceWorker invoices;

    @Inject
    transient JobStarter jobs;

    @Inject
    transient MovableClock clock;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        request.setCharacterEncoding(StandardCharsets.UTF_8.name());
        var lines = request.getReader().lines().toList();
        var answer = switch (request.getPathInfo()) {
            case "/tenant" -> tenant(Instant.parse(lines.get(0)));
            case "/flavours" -> {
                dataLoader.sell(lines.stream().map(DriverServlet::flavour).toList());
                yield "sold";
            }
            case "/requests" -> requests(lines);
            case "/clock" -> stopClock(Instant.parse(lines.get(0)));
            case "/events" -> inTransactions(lines, DriverServlet::event, dataLoader::happen);
            case "/charge" -> charge(Instant.parse(lines.get(0)));
            case "/invoice" -> invoice(Instant.parse(lines.get(0)));
            case "/issue" -> issue();
            case "/sellers" -> {
                lines.forEach(slug -> bulkData.seller(new TenantId(slug)));
                yield "known";
            }
            case "/leap" -> {
                lines.forEach(slug -> runs.openAt(new TenantId(slug), runs.reachedHour()));
                yield "opened";
            }
            case "/mass" -> mass(lines.get(0).split("\t", -1));
            case "/create" -> create(lines.get(0));
            case "/erase" -> {
                bulkData.erase(lines.get(0));
                yield "erased";
            }
            case "/start" -> {
                bulkData.start();
                yield "started";
            }
            case "/show" -> {
                bulkData.show(lines);
                yield "shown";
            }
            case "/work" -> work();
            case "/tick" -> tick(Instant.parse(lines.get(0)));
            case "/meddle" -> meddle(new Random(Long.parseLong(lines.get(0))), Integer.parseInt(lines.get(1)));
            case "/audit" -> String.join("\n", dataLoader.audit());
            default -> throw new IllegalArgumentException("unknown: " + request.getPathInfo());
        };
        response.setContentType("text/plain");
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(answer);
    }

    private String tenant(Instant start) {
        clock.stopAt(start);
        dataLoader.createTenant();
        return "created";
    }

    private String stopClock(Instant at) {
        clock.stopAt(at);
        return "stopped";
    }

    /** Wallets of each transaction are one millisecond younger than those of the previous one, so that ids are ordered as in production. */
    private String requests(List<String> lines) {
        return inTransactions(lines, DriverServlet::request, requests -> {
            dataLoader.welcome(requests);
            clock.stopAt(clock.instant().plusMillis(1));
        });
    }

    /**
     * Runs the real job once, with the clock stopped at the instant.
     *
     * @return duration in nanoseconds, from start to end
     */
    private String charge(Instant until) {
        clock.stopAt(until);
        if (!until.equals(until.truncatedTo(ChronoUnit.HOURS))) {
            runs.openAt(DataLoader.TENANT, until);
        }
        var started = System.nanoTime();
        var execution = jobs.startUnlessRunning(JOB);
        awaitEnd(execution);
        var took = System.nanoTime() - started;
        var status = BatchRuntime.getJobOperator().getJobExecution(execution).getBatchStatus();
        if (status != BatchStatus.COMPLETED || !runs.isAllDone()) {
            throw new IllegalStateException("the job of " + until + " ended " + status);
        }
        return String.valueOf(took);
    }

    /**
     * Runs the real invoicing job with the clock stopped at the instant, until nothing is due.
     *
     * @return duration in nanoseconds, from start to end
     */
    private String invoice(Instant now) {
        clock.stopAt(now);
        bulkData.seller(DataLoader.TENANT);
        return issue();
    }

    private String issue() {
        var started = System.nanoTime();
        do {
            awaitEnd(jobs.startUnlessRunning(JobStarter.INVOICING));
        } while (invoices.isDue());
        return String.valueOf(System.nanoTime() - started);
    }

    /**
     * Creates a tenant as the admin pages would.
     *
     * @return duration in nanoseconds
     */
    private String create(String slug) {
        var started = System.nanoTime();
        bulkData.createTenant(new BulkData.Crowd(slug, 0, 0, Money.of("1", "USD"), BigDecimal.ZERO));
        return String.valueOf(System.nanoTime() - started);
    }

    /** Creates a tenant with a crowd of equal customers, whose servers are activated at the clock's time. */
    private String mass(String[] cells) {
        var crowd = new BulkData.Crowd(
                cells[0],
                Integer.parseInt(cells[1]),
                Integer.parseInt(cells[2]),
                Money.of(cells[3], "USD"),
                new BigDecimal(cells[4]));
        bulkData.createTenant(crowd);
        var offer = bulkData.offer(crowd);
        for (var from = 0; from < crowd.wallets(); from += WALLETS_PER_TRANSACTION) {
            bulkData.add(crowd, offer, from, Math.min(crowd.wallets(), from + WALLETS_PER_TRANSACTION));
        }
        return crowd.tenant();
    }

    /**
     * Opens due runs and runs the job as the timer would, repeatedly until none is left, on any node.
     *
     * @return duration in nanoseconds
     */
    private String work() {
        var started = System.nanoTime();
        runs.open(runs.reachedHour());
        while (!runs.isAllDone()) {
            awaitEnd(jobs.startUnlessRunning(JOB));
        }
        return String.valueOf(System.nanoTime() - started);
    }

    /** Does what the timer does at that time. */
    private String tick(Instant at) {
        clock.stopAt(at);
        runs.open(runs.reachedHour());
        if (runs.hasClaimable()) {
            jobs.startUnlessRunning(JOB);
        }
        return "ticked";
    }

    /**
     * Starts the job without checking whether it runs, and stops, restarts and abandons random executions of any node.
     *
     * @return how many commands the batch framework carried out
     */
    private static String meddle(Random random, int times) {
        var operator = BatchRuntime.getJobOperator();
        var obeyed = new int[4];
        for (var i = 0; i < times; i++) {
            var what = random.nextInt(obeyed.length);
            try {
                switch (what) {
                    case 0 -> operator.start(JOB, new Properties());
                    case 1 -> operator.stop(anyExecution(operator, random));
                    case 2 -> operator.restart(anyExecution(operator, random), new Properties());
                    default -> operator.abandon(anyExecution(operator, random));
                }
                obeyed[what]++;
            } catch (BatchRuntimeException refused) {
                // Expected: not running, running, completed, abandoned or not restartable.
            }
        }
        return String.format(
                Locale.ROOT,
                "%d starts, %d stops, %d restarts, %d abandons",
                obeyed[0],
                obeyed[1],
                obeyed[2],
                obeyed[3]);
    }

    /** Returns one of the latest executions; an instance that is being started may not have any yet. */
    private static long anyExecution(JobOperator operator, Random random) {
        var executions = operator.getJobInstances(JOB, 0, 8).stream()
                .flatMap(instance -> operator.getJobExecutions(instance).stream())
                .toList();
        if (executions.isEmpty()) {
            throw new NoSuchJobExecutionException("none yet");
        }
        return executions.get(random.nextInt(executions.size())).getExecutionId();
    }

    /**
     * Waits as JBeret's own tests do, which adds nothing to the measured time; their class is not on an application's class path. An execution
     * that could not write its end to the database never reports it: hence the second check.
     */
    private void awaitEnd(long execution) {
        var job = BatchRuntime.getJobOperator().getJobExecution(execution);
        try {
            var wait = job.getClass().getMethod("awaitTermination", long.class, TimeUnit.class);
            do {
                wait.invoke(job, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } while (jobs.isRunning(execution));
        } catch (ReflectiveOperationException otherImplementation) {
            throw new IllegalStateException(otherImplementation);
        }
    }

    private static <T> String inTransactions(
            List<String> lines, Function<String[], T> parser, Consumer<List<T>> transaction) {
        var some = new ArrayList<T>();
        for (var line : lines) {
            some.add(parser.apply(line.split("\t", -1)));
            if (some.size() == LINES_PER_TRANSACTION) {
                transaction.accept(List.copyOf(some));
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            transaction.accept(List.copyOf(some));
        }
        return String.valueOf(lines.size());
    }

    private static Flavour flavour(String line) {
        var cells = line.split("\t", -1);
        return new Flavour(cells[0], new BigDecimal(cells[1]), new BigDecimal(cells[2]), new BigDecimal(cells[3]));
    }

    private static Request request(String[] cells) {
        return new Request(Integer.parseInt(cells[0]), cells[1]);
    }

    private static Event event(String[] cells) {
        return new Event(
                Integer.parseInt(cells[0]),
                Integer.parseInt(cells[1]),
                Optional.of(cells[2]).filter(name -> !name.isEmpty()),
                Instant.parse(cells[3]));
    }
}
