package io.tenantry.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.Cluster;
import io.tenantry.cluster.DatabaseProxy;
import io.tenantry.cluster.Results;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three resellers on two nodes, each of whose servers pays a cent an hour. Tests disturb them; afterwards every server has paid for every hour
 * exactly once, and the auditor finds nothing.
 *
 * <p>{@code -Dtenantry.faults.rounds=100} makes each test longer; {@code -Dtenantry.faults.seed=...} repeats its moments.
 */
public final class Resellers implements AutoCloseable {
    static final int ROUNDS = Integer.getInteger("tenantry.faults.rounds", 1);
    public static final List<String> NODES = List.of("a", "b");
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<String> NAMES = List.of("north", "east", "south");
    private static final int TRIES = 20;
    private static final int WALLETS = 600;
    private static final int PER_WALLET = 2;
    private static final long SEED = Long.getLong("tenantry.faults.seed", System.nanoTime());

    private static final Duration AFTER_THE_MONTH = Duration.ofHours(73);

    private static final String WRONG_DOCUMENTS = """
            select 'wallet ' || w.id || ' has ' || count(i.id) || ' documents of ' || count(distinct i.period_from) || ' months'
              from ${schema}.wallet w
              left join ${schema}.invoice i on i.wallet_id = w.id
             group by w.id
            having count(i.id) <> ${months} or count(distinct i.period_from) <> ${months}
             union all
            select 'series ' || s.id || ' goes on with ' || s.next_number || ', and has ' || count(i.id) || ' documents up to '
                   || coalesce(max(i.number), 0)
              from ${schema}.invoice_number_sequence s
              left join ${schema}.invoice i on i.series_id = s.id
             group by s.id
            having count(i.id) <> s.next_number - 1
                or count(distinct i.number) <> count(i.id)
                or coalesce(max(i.number), 0) <> count(i.id)
             union all
            select 'charged ' || c.amount || ', and on documents ' || l.amount
              from (select coalesce(sum(amount), 0) as amount
                      from ${schema}.rated_period
                     where month_ends_at <= (select max(period_to) from ${schema}.invoice)) c,
                   (select coalesce(sum(net), 0) as amount from ${schema}.invoice) l
             where c.amount <> l.amount
            """;

    private static final BigDecimal MONTHLY = new BigDecimal("7.30");
    private static final BigDecimal HOURLY = new BigDecimal("0.01");

    public static final Map<String, String> SETTINGS = Map.of(
            "TENANTRY_CHARGING_BATCH_WALLETS", "40",
            "TENANTRY_CHARGING_SLICE_WALLETS", "200",
            "TENANTRY_CHARGING_LEASE", "PT2S",
            "TENANTRY_PASSWORD_MEMORY_KIB", "1024");

    private final Cluster cluster;
    private final int wallets;
    private final int perWallet;
    private final Random random = new Random(SEED);
    private final ExecutorService helpers = Executors.newCachedThreadPool();

    /** By name, the number of hours that had passed when the servers were activated. */
    private final Map<String, Integer> names = new LinkedHashMap<>();

    private volatile int hours = 1;
    private int passed;
    private boolean isLeaping;

    private Resellers(Cluster cluster, int wallets, int perWallet) {
        this.cluster = cluster;
        this.wallets = wallets;
        this.perWallet = perWallet;
    }

    /** Creates the resellers on running nodes. */
    static Resellers on(Cluster cluster, int wallets) {
        showOutcome("seed %d, %d rounds", SEED, ROUNDS);
        return on(cluster, wallets, PER_WALLET);
    }

    /** Creates the resellers on running nodes, each with that many wallets that pay for that many servers. */
    public static Resellers on(Cluster cluster, int wallets, int perWallet) {
        var resellers = new Resellers(cluster, wallets, perWallet);
        cluster.at(BEGIN);
        for (var name : NAMES) {
            resellers.add(name, "a");
        }
        assertThat(cluster.driver("a").audit()).isEmpty();
        return resellers;
    }

    /** Creates the resellers on two new nodes. */
    static Resellers on(Path folder) throws IOException {
        var cluster = cluster(folder);
        cluster.start("a", "b");
        return on(cluster, WALLETS);
    }

    static Cluster cluster(Path folder) throws IOException {
        return Cluster.in(folder, SETTINGS);
    }

    Cluster cluster() {
        return cluster;
    }

    Random random() {
        return random;
    }

    /** Sets the seller data of all resellers, so that documents are issued. */
    void sell() {
        cluster.driver("a").sellers(List.copyOf(names.keySet()));
    }

    /** Moves the clocks past the current month and its window for late corrections; its hours are charged in one run. */
    void monthPasses() {
        var ends = YearMonth.from(now().atOffset(ZoneOffset.UTC))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        later(Math.toIntExact(
                Duration.between(now(), ends.plus(AFTER_THE_MONTH)).toHours()));
        isLeaping = true;
        cluster.driver("a").skipToOneRun(List.copyOf(names.keySet()));
        await(List.of(work("a"), work("b")));
    }

    /** Lets a node issue due documents until nothing can be claimed. */
    Future<Duration> issue(String node) {
        return helpers.submit(() -> cluster.driver(node).issue());
    }

    /** The number of documents issued by all resellers. */
    long documents() {
        return names.keySet().stream()
                .mapToLong(reseller -> cluster.number("select count(*) from t_" + reseller + ".invoice"))
                .sum();
    }

    /** Returns whether every due document is issued. */
    boolean isAllIssued() {
        return cluster.number("select count(*) from work.invoicing_run where state <> 'DONE'") == 0;
    }

    /** Requires that every wallet has one document per past month, each number of a series exists once, and each charge is on one line. */
    public void requireEveryDocumentOnce() {
        var months = ChronoUnit.MONTHS.between(
                YearMonth.from(BEGIN.atOffset(ZoneOffset.UTC)),
                YearMonth.from(now().minus(AFTER_THE_MONTH).atOffset(ZoneOffset.UTC)));
        for (var reseller : names.keySet()) {
            var wrong = cluster.texts(
                    WRONG_DOCUMENTS.replace("${schema}", "t_" + reseller).replace("${months}", Long.toString(months)));
            assertThat(wrong).as("documents of " + reseller).isEmpty();
        }
    }

    /** Adds a reseller whose servers are activated now. */
    void add(String name, String node) {
        cluster.driver(node).createUniformTenant(name, wallets, perWallet, MONTHLY.toPlainString(), "1000");
        names.put(name, passed);
    }

    /** Lets some hours pass. */
    public void later(int more) {
        cluster.at(pass(more));
    }

    /** Lets some hours pass without setting the clocks; returns the time to set. */
    public synchronized Instant pass(int more) {
        hours += more;
        passed = hours;
        return now();
    }

    /**
     * The time to set the clocks to. A server's hour begins with the minute of its activation: those activated at the beginning have started
     * {@link #hours} of them.
     */
    public Instant now() {
        return BEGIN.plus(Duration.ofHours(hours));
    }

    /** The number of hours started by the first servers. */
    public int hours() {
        return hours;
    }

    /** The number of servers that pay for each hour. */
    public int servers() {
        return names.size() * wallets * perWallet;
    }

    /** The progress of charging: rises with each committed batch. */
    public long progress() {
        return names.keySet().stream()
                .mapToLong(
                        reseller -> cluster.number("select coalesce(max(entry_id), 0) from t_" + reseller + ".posting"))
                .sum();
    }

    /** Sets a node's clock to the current time, shifted by the duration. */
    void clock(String node, Duration by) {
        cluster.driver(node).stopClock(now().plus(by));
    }

    /** Lets a node open due runs and work until none is left. */
    public Future<Duration> work(String node) {
        return helpers.submit(() -> cluster.driver(node).work());
    }

    /** Runs another task concurrently. */
    <T> Future<T> doing(Callable<T> something) {
        return helpers.submit(something);
    }

    /** Completes disturbed work by running it again, whatever its outcome. */
    void settle(List<Future<Duration>> disturbed) {
        disturbed.forEach(Resellers::awaitEnd);
        await(List.of(doing(() -> cluster.driver("a").workWithRetries(TRIES))));
    }

    private static void awaitEnd(Future<Duration> work) {
        try {
            work.get();
        } catch (ExecutionException broken) {
            showOutcome("disturbed: %s", String.valueOf(broken.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static void await(List<Future<Duration>> work) {
        var all = new ArrayList<Duration>();
        for (var one : work) {
            assertThat(one).succeedsWithin(Duration.ofMinutes(2)).satisfies(all::add);
        }
        showOutcome("worked %s", all);
    }

    void pause(int fromMillis, int toMillis) {
        DatabaseProxy.pause(Duration.ofMillis(random.nextInt(fromMillis, toMillis)));
    }

    public void requireEveryHourChargedOnce() {
        names.forEach((reseller, before) -> {
            var schema = "t_" + reseller;
            var due = hours - before;
            assertThat(cluster.number("select count(*) from " + schema + ".service"))
                    .isEqualTo((long) wallets * perWallet);
            assertThat(cluster.number("select count(*) from (select sum(hours) h from " + schema
                            + ".rated_period group by service_id) s where h <> " + due))
                    .as(reseller + ": servers that have not paid for exactly " + due + " hours")
                    .isZero();
            assertThat(cluster.number("select count(*) from " + schema + ".wallet where balance <> 1000 - "
                            + owed(before, due).multiply(BigDecimal.valueOf(perWallet))))
                    .as(reseller + ": wallets that are off")
                    .isZero();
        });
        assertThat(cluster.number("select count(*) from work.charging_run where state <> 'DONE'"))
                .isZero();
        // When a month is one run, the missing hourly runs are due to the setup.
        assertThat(cluster.driver("a").audit())
                .filteredOn(found -> !isLeaping || !found.contains("runs-without-gap"))
                .isEmpty();
    }

    /**
     * The amount for that many hours of one server, the first of them that long after the beginning: by the hour, at most the monthly price in
     * a month.
     */
    private static BigDecimal owed(int first, int due) {
        var hoursOfMonths = IntStream.range(first, first + due)
                .mapToObj(hour ->
                        YearMonth.from(BEGIN.plus(Duration.ofHours(hour)).atOffset(ZoneOffset.UTC)))
                .collect(Collectors.groupingBy(month -> month, Collectors.counting()));
        return hoursOfMonths.values().stream()
                .map(number -> HOURLY.multiply(BigDecimal.valueOf(number)).min(MONTHLY))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public void close() {
        helpers.shutdownNow();
        cluster.close();
    }

    static void showOutcome(String format, Object... values) {
        Results.showOutcome("faults: " + String.format(Locale.ROOT, format, values));
    }
}
