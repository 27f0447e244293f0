package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
import io.tenantry.charging.Killer;
import io.tenantry.charging.Killer.Killed;
import io.tenantry.charging.Killer.Victim;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A month ends, a worker issues its documents and is killed at one step, before or after; half of the time another worker is at it too.
 * Then somebody finishes. Every wallet has its document of every month once, and no number is missing or used twice, whatever died and wherever.
 *
 * <p>{@code -Dtenantry.invoice.kills=50} kills more often, {@code -Dtenantry.invoice.kills.seed=...} again in the same order.
 */
class InvoiceKillsTest {
    private static final int KILLS = Integer.getInteger("tenantry.invoice.kills", 6);
    private static final int OF_THE_DATABASE = 1;
    private static final long SEED = Long.getLong("tenantry.invoice.kills.seed", System.nanoTime());

    private static final int WALLETS = 7;
    private static final Duration DONE_ATMOST = Duration.ofSeconds(60);

    private static final String UNFINISHED =
            "select id::text from work.invoicing_run where state <> 'DONE' and due_at <= '%s' and tenant = '%s'";

    /** Wallets without a document of each month, series with gaps, and charges that are on no line or on two. */
    private static final String WRONG = """
            select w.id || ' has ' || count(i.id) || ' documents of ' || count(distinct i.period_from) || ' months'
              from ${schema}.wallet w
              left join ${schema}.invoice i on i.wallet_id = w.id
             group by w.id
            having count(i.id) <> ${months} or count(distinct i.period_from) <> ${months}
             union all
            select 'series ' || series_id || ' has ' || count(*) || ' documents up to ' || max(number)
              from ${schema}.invoice
             group by series_id
            having count(*) <> max(number) or count(distinct number) <> count(*)
             union all
            select 'charged ' || c.amount || ', and on documents ' || l.amount
              from (select sum(amount) as amount from ${schema}.rated_period where month_ends_at <= '${until}') c,
                   (select sum(net) as amount from ${schema}.invoice) l
             where c.amount <> l.amount
            """;

    private static final Random RANDOM = new Random(SEED);
    private static final ExecutorService OTHERS = Executors.newSingleThreadExecutor();

    private static final Office OFFICE = office();
    private static final Books BOOKS = OFFICE.books;

    private static YearMonth month = YearMonth.of(2026, 9);

    private final Killer killer = new Killer();
    private final MortalInvoiceRuns mortal = new MortalInvoiceRuns(killer, BOOKS);
    private final MortalInvoiceRuns helpful = new MortalInvoiceRuns(new Killer(), BOOKS);

    private static Office office() {
        System.out.println("kills of issuers: seed " + SEED);
        var books = new Books("killed-issuers", "EUR", "Europe/Berlin");
        books.clock.stopAt(Office.RENTED);
        var office = new Office(books);
        var price = books.price("7.30");
        for (var i = 0; i < WALLETS; i++) {
            books.rent(office.wallet("100000"), price, Office.RENTED);
        }
        return office;
    }

    @AfterAll
    static void nobodyWorks() {
        OTHERS.shutdownNow();
        Database.asOwner("delete from work.invoicing_run where tenant = '" + BOOKS.tenant.value() + "'");
    }

    @AfterEach
    void theAuditorFindsNothing() {
        mortal.close();
        helpful.close();
        assertThat(BOOKS.faults()).isEmpty();
        assertThat(Rig.found(BOOKS.tenant)).isEmpty();
    }

    @Test
    void aDeathAtAnyStepLeavesNoGapAndNoDouble() throws InterruptedException {
        kill(List.of(Victim.WORKER, Victim.SESSION, Victim.LINE), KILLS);
    }

    @Test
    void aDeathOfTheDatabaseLeavesNoGapAndNoDouble() throws InterruptedException {
        kill(List.of(Victim.DATABASE), OF_THE_DATABASE);
    }

    /** Goes round the moments of a month's documents until so many have died. */
    private void kill(List<Victim> victims, int times) throws InterruptedException {
        var moments = momentsOfAMonth();
        var began = System.nanoTime();
        for (var round = 0; killer.count() < times; round++) {
            aMonthWith(Killer.inTurn(victims, moments, round), RANDOM.nextBoolean());
        }
        System.out.printf(
                "kills of issuers: %d of %s at %d named moments, in %d s; %s is the last month of %d wallets%n",
                killer.count(),
                victims,
                killer.kills().size(),
                Duration.ofNanos(System.nanoTime() - began).toSeconds(),
                month,
                WALLETS);
        assertThat(killer.kills()).hasSizeGreaterThan(Math.min(times / 5, 10));
    }

    /** All moments of a month that nobody disturbs, in an order of chance. */
    private List<Integer> momentsOfAMonth() throws InterruptedException {
        aMonthWith(new Killer.Order(Victim.WORKER, Integer.MAX_VALUE), false);
        var all = new ArrayList<>(IntStream.range(0, killer.seen()).boxed().toList());
        assertThat(all).hasSizeGreaterThan(40);
        Collections.shuffle(all, RANDOM);
        return all;
    }

    private void aMonthWith(Killer.Order order, boolean another) throws InterruptedException {
        month = month.plusMonths(1);
        var period = BillingPeriod.of(month, Office.BERLIN);
        BOOKS.clock.stopAt(period.to().plus(Duration.ofHours(73)));
        BOOKS.charge(period.to());
        Future<?> other = another ? OTHERS.submit(this::finish) : null;
        killer.take(order);
        try {
            work(mortal);
        } catch (Killed | RuntimeException dead) {
            // As was meant: who finishes is somebody else.
        } finally {
            killer.retire();
        }
        if (other != null) {
            try {
                other.get();
            } catch (ExecutionException failure) {
                throw new AssertionError("the other worker, at " + order, failure);
            }
        }
        finish();
        assertThat(Database.texts(WRONG.replace("${schema}", BOOKS.tenant.schema())
                        .replace("${months}", String.valueOf(months()))
                        .replace("${until}", period.to().toString())))
                .as("what is wrong after %s and %s", month, order)
                .isEmpty();
    }

    private static int months() {
        return (month.getYear() - 2026) * 12 + month.getMonthValue() - 9;
    }

    private static void work(MortalInvoiceRuns runs) {
        var worker = new InvoiceWorker(runs);
        var unusedOpened = worker.open();
        var unusedRuns = worker.work(() -> true);
    }

    /** Somebody comes, opens what is not open, and works until all is done; what failed an operator lets go at once. */
    private void finish() {
        var end = System.nanoTime() + DONE_ATMOST.toNanos();
        while (System.nanoTime() < end) {
            try {
                work(helpful);
                if (isOver()) {
                    return;
                }
                var unused = helpful.retryAll();
            } catch (RuntimeException databaseIsAway) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("not done after " + DONE_ATMOST);
    }

    private static boolean isOver() {
        return Database.texts("select max(month)::text from work.invoicing_run where tenant = '" + BOOKS.tenant.value()
                                + "'")
                        .contains(month.atDay(1).toString())
                && Database.texts(UNFINISHED.formatted(BOOKS.clock.instant(), BOOKS.tenant.value()))
                        .isEmpty();
    }
}
