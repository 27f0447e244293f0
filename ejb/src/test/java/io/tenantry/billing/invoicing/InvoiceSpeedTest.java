package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.Killer;
import io.tenantry.config.ChargingSettings;
import io.tenantry.config.Settings;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The cost of issuing a month's documents, measured as CPU time of this process and of all of PostgreSQL: the job's worker against
 * {@link InvoicesByHand}, which issue the same documents of two equal tenants in turns, A B B A; and the number of database calls the worker
 * makes.
 *
 * <p>{@code -Dtenantry.invoices=100000} sets the number of documents of each side.
 */
@Tag("full")
class InvoiceSpeedTest {
    private static final int DOCUMENTS = Integer.getInteger("tenantry.invoices", 1_000);
    private static final int TURNS = 10;
    private static final int BATCH = Math.min(Invoicing.BATCH_MAX, DOCUMENTS / TURNS);
    private static final int BATCHES = DOCUMENTS / BATCH / TURNS;
    private static final int OF_EACH_TRIP = 2;

    private static final double TRIPS_ATMOST = 2;
    private static final double RATIO_ATLEAST = 0.3;
    /** The short form runs alongside other tests and starts cold. */
    private static final int PACE_ATLEAST = DOCUMENTS < 100_000 ? 500 : 1_000;

    private static final String SAME = """
            select v.number || ' ' || v.number_text || ' ' || v.state || ' ' || v.organization_id || ' ' || v.net || ' ' || v.tax || ' ' || v.total
                   || ' ' || v.rounding || ' ' || v.through_period || ' ' || v.buyer_name || ' ' || v.period_from || ' ' || v.period_to
                   || ' ' || w.balance || ' ' || w.version || ' ' || l.lines
              from ${schema}.invoice v
              join ${schema}.wallet w on w.id = v.wallet_id
              join ${schema}.invoice_delivery m on m.invoice_id = v.id and m.state = 'DUE'
             cross join lateral (
               select string_agg(
                        concat_ws(' ', position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price, amount, net, rated_period_id),
                        ', ' order by position) as lines
                 from ${schema}.invoice_line
                where invoice_id = v.id) l
            """;

    private static final String SUMS = """
            select count(*) || ' documents, ' || sum(v.net) || ', ' || (select sum(amount) from ${schema}.invoice_line) || ', '
                   || (select count(*) from ${schema}.invoice_line) || ' lines'
              from ${schema}.invoice v
            """;

    private static final String CHARGED = """
            select count(distinct wallet_id) || ' documents, ' || sum(amount) || ', ' || sum(amount) || ', ' || count(*) || ' lines'
              from ${schema}.rated_period
             where not open
            """;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * CPU time so far, including that of processes that have ended since: PostgreSQL ends some at any time, and a sum of the remaining ones
     * would decrease.
     */
    private record Cpu(double jvmSeconds, double postgresSeconds) {
        private static final Map<Long, Duration> SEEN = new HashMap<>();

        static Cpu now(ProcessHandle postgres) {
            Stream.concat(Stream.of(postgres), postgres.descendants())
                    .forEach(process ->
                            process.info().totalCpuDuration().ifPresent(cpu -> SEEN.put(process.pid(), cpu)));
            return new Cpu(
                    PROCESS.getProcessCpuTime() / 1e9,
                    SEEN.values().stream().reduce(Duration.ZERO, Duration::plus).toMillis() / 1e3);
        }

        Cpu since(Cpu before) {
            return new Cpu(jvmSeconds - before.jvmSeconds, postgresSeconds - before.postgresSeconds);
        }

        double seconds() {
            return jvmSeconds + postgresSeconds;
        }
    }

    /** One side's tenant. */
    private static InvoicingFixture createFixture(String side, int lines) {
        var billingFixture = new BillingFixture(side + "-" + lines, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(IN_NOVEMBER);
        ManyCustomers.fill(billingFixture, DOCUMENTS, lines, OCTOBER);
        return new InvoicingFixture(billingFixture);
    }

    private static final class Whole extends Settings {
        Whole() {
            super(name -> null, name -> null);
        }

        @Override
        public ChargingSettings charging() {
            return new ChargingSettings(true, 2, BATCH, 20_000, Duration.ofMinutes(10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void isNotMuchSlowerThanHandWrittenSql(int lines) throws SQLException {
        var ours = createFixture("ours", lines);
        var hand = createFixture("hand", lines);
        var month = hand.billingFixture.in(() -> hand.invoicing.prepare(OCTOBER));
        var killer = new Killer();
        var jobs = new ArrayList<Cpu>();
        var hands = new ArrayList<Cpu>();
        autovacuum("off");
        try (var runs = new InterruptibleInvoiceRuns(killer, ours.billingFixture);
                var byHand = new InvoicesByHand(hand.billingFixture.tenant.schema(), month, IN_NOVEMBER)) {
            runs.settings = new Whole();
            alternate(runs, byHand, jobs, hands);
        } finally {
            autovacuum("on");
        }
        var trips = (double) killer.seen() / OF_EACH_TRIP / DOCUMENTS;
        report(lines, jobs, hands, trips);
        check(ours, hand);
        assertThat(trips).isPositive().isLessThan(TRIPS_ATMOST);
        assertThat(median(ratios(jobs, hands))).isGreaterThan(RATIO_ATLEAST);
        assertThat(documentsPerCpuSecond(jobs)).isGreaterThan(PACE_ATLEAST);
    }

    /** The worker is asked before each batch whether to continue: the other side takes its turns there. */
    private static void alternate(
            InterruptibleInvoiceRuns runs, InvoicesByHand byHand, List<Cpu> jobs, List<Cpu> hands) {
        var postgres = postgres();
        var asked = new int[1];
        var started = new Cpu[] {cpuAfterCheckpoint(postgres)};
        var worker = new InvoiceWorker(runs);
        assertThat(worker.open()).isEqualTo(1);
        var worked = worker.work(() -> {
            var batches = asked[0]++ - 1;
            if (batches > 0 && batches % BATCHES == 0 && jobs.size() < TURNS) {
                jobs.add(Cpu.now(postgres).since(started[0]));
                if (jobs.size() % 2 == 1) {
                    hands.add(turn(postgres, byHand));
                    hands.add(turn(postgres, byHand));
                }
                started[0] = cpuAfterCheckpoint(postgres);
            }
            return true;
        });
        assertThat(worked).isEqualTo(1);
        assertThat(jobs).hasSize(TURNS).hasSameSizeAs(hands);
    }

    private static Cpu turn(ProcessHandle postgres, InvoicesByHand byHand) {
        var before = cpuAfterCheckpoint(postgres);
        try {
            byHand.issue(BATCHES, BATCH);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return Cpu.now(postgres).since(before);
    }

    /** Deferred work of one side is not left to the other. */
    private static Cpu cpuAfterCheckpoint(ProcessHandle postgres) {
        var unused = Database.asOwner("checkpoint");
        return Cpu.now(postgres);
    }

    private static ProcessHandle postgres() {
        var pid = Long.parseLong(Database.texts("select pg_backend_pid()").get(0));
        return ProcessHandle.of(pid).flatMap(ProcessHandle::parent).orElseThrow();
    }

    private static void autovacuum(String state) {
        var unusedSet = Database.asOwner("alter system set autovacuum = " + state);
        var unusedLoaded = Database.texts("select pg_reload_conf()");
    }

    /** Verifies that both wrote the same documents, equal to the charges, and that both ledgers are consistent. */
    private static void check(InvoicingFixture ours, InvoicingFixture hand) {
        assertThat(FixtureRuns.states(ours.billingFixture)).containsExactly("2026-10 DONE " + DOCUMENTS + " 0");
        Database.asOwner("delete from work.invoicing_run where tenant = '" + ours.billingFixture.tenant.value() + "'");
        for (var invoicingFixture : List.of(ours, hand)) {
            assertThat(Database.texts(inSchema(invoicingFixture, SUMS)))
                    .isEqualTo(Database.texts(inSchema(invoicingFixture, CHARGED)))
                    .singleElement()
                    .asString()
                    .startsWith(DOCUMENTS + " documents");
            assertThat(AuditorFixture.found(invoicingFixture.billingFixture.tenant, "invoice"))
                    .isEmpty();
        }
        for (var pair : List.of(List.of(ours, hand), List.of(hand, ours))) {
            assertThat(Database.texts("select count(*) from (" + inSchema(pair.get(0), SAME) + " except "
                            + inSchema(pair.get(1), SAME) + ") d"))
                    .containsExactly("0");
        }
        assertThat(Database.texts("select count(*) from (" + inSchema(ours, SAME) + ") s"))
                .containsExactly(String.valueOf(DOCUMENTS));
    }

    private static String inSchema(InvoicingFixture invoicingFixture, String query) {
        return query.replace("${schema}", invoicingFixture.billingFixture.tenant.schema());
    }

    private static void report(int lines, List<Cpu> jobs, List<Cpu> hands, double trips) {
        var ratios = ratios(jobs, hands);
        BuildLog.note(String.format(
                Locale.ROOT,
                "invoices: %,d of %d lines in batches of %,d: %,.0f a CPU-second, by hand %,.0f; job / by hand %.2f (%.2f to %.2f); %.0f %% of the job in the JVM; %.4f round trips each",
                DOCUMENTS,
                lines,
                BATCH,
                documentsPerCpuSecond(jobs),
                documentsPerCpuSecond(hands),
                median(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow(),
                100
                        * jobs.stream().mapToDouble(Cpu::jvmSeconds).sum()
                        / jobs.stream().mapToDouble(Cpu::seconds).sum(),
                trips));
    }

    /** Returns documents per CPU second, all turns together. */
    private static double documentsPerCpuSecond(List<Cpu> turns) {
        return DOCUMENTS / turns.stream().mapToDouble(Cpu::seconds).sum();
    }

    private static List<Double> ratios(List<Cpu> jobs, List<Cpu> hands) {
        return IntStream.range(0, TURNS)
                .mapToObj(turn -> hands.get(turn).seconds() / jobs.get(turn).seconds())
                .toList();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
