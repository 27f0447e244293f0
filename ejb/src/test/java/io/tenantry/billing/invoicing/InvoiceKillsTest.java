package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.KillIterations;
import io.tenantry.billing.charging.Killer;
import io.tenantry.billing.charging.Killer.Victim;
import io.tenantry.testing.BuildLog;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A month ends; a worker issues its documents and is killed before or after one step; half of the time another worker competes with it.
 * Then another worker completes the run. Every wallet has its document of every month once, and no number is missing or used twice, regardless
 * of what was killed and where.
 *
 * <p>{@code -Dtenantry.invoice.kills=50} kills more often, {@code -Dtenantry.invoice.kills.seed=...} repeats an order.
 */
@Tag("full")
class InvoiceKillsTest implements KillIterations.Story {
    private static final int KILLS = Integer.getInteger("tenantry.invoice.kills", 6);
    private static final int OF_THE_DATABASE = 1;
    private static final long SEED = Long.getLong("tenantry.invoice.kills.seed", System.nanoTime());

    private static final int WALLETS = 7;
    private static final int MOMENTS_AT_LEAST = 41;

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

    private static final InvoicingFixture OFFICE = createFixture();
    private static final BillingFixture BOOKS = OFFICE.billingFixture;

    private static YearMonth month = YearMonth.of(2026, 9);

    private final Killer killer = new Killer();
    private final InterruptibleInvoiceRuns mortal = new InterruptibleInvoiceRuns(killer, BOOKS);
    private final InterruptibleInvoiceRuns helpful = new InterruptibleInvoiceRuns(new Killer(), BOOKS);
    private final KillIterations rounds = new KillIterations(killer, RANDOM, this);

    private static InvoicingFixture createFixture() {
        BuildLog.note("kills of issuers: seed " + SEED);
        var billingFixture = new BillingFixture("killed-issuers", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(InvoicingFixture.RENTED);
        var invoicingFixture = new InvoicingFixture(billingFixture);
        var price = billingFixture.price("7.30");
        for (var i = 0; i < WALLETS; i++) {
            billingFixture.rent(invoicingFixture.wallet("100000"), price, InvoicingFixture.RENTED);
        }
        return invoicingFixture;
    }

    @AfterAll
    static void deleteRuns() {
        Database.asOwner("delete from work.invoicing_run where tenant = '" + BOOKS.tenant.value() + "'");
    }

    @AfterEach
    void closeAndCheckLedger() {
        rounds.close();
        mortal.close();
        helpful.close();
        assertThat(BOOKS.faults()).isEmpty();
        assertThat(AuditorFixture.found(BOOKS.tenant)).isEmpty();
    }

    @Test
    void issuesWithoutGapsOrDuplicatesWhenKilledAtAnyStep() throws InterruptedException {
        kill(List.of(Victim.WORKER, Victim.SESSION, Victim.LINE), KILLS);
    }

    @Test
    void issuesWithoutGapsOrDuplicatesWhenTheDatabaseIsKilled() throws InterruptedException {
        kill(List.of(Victim.DATABASE), OF_THE_DATABASE);
    }

    private void kill(List<Victim> victims, int times) throws InterruptedException {
        var took = rounds.kill(victims, times, MOMENTS_AT_LEAST);
        BuildLog.note("kills of issuers: %d of %s at %d named moments, in %d s; %s is the last month of %d wallets"
                .formatted(killer.count(), victims, killer.kills().size(), took.toSeconds(), month, WALLETS));
        assertThat(killer.kills()).hasSizeGreaterThan(Math.min(times / 5, 10));
    }

    /** A month ends and is charged. */
    @Override
    public void begin() {
        month = month.plusMonths(1);
        BOOKS.clock.stopAt(end().plus(Duration.ofHours(73)));
        BOOKS.charge(end());
    }

    @Override
    public void work() {
        work(mortal);
    }

    @Override
    public boolean finish() {
        work(helpful);
        var isOver = isOver();
        if (!isOver) {
            var unused = helpful.retryAll();
        }
        return isOver;
    }

    @Override
    public List<String> wrong() {
        return Database.texts(WRONG.replace("${schema}", BOOKS.tenant.schema())
                .replace("${months}", String.valueOf(months()))
                .replace("${until}", end().toString()));
    }

    private static Instant end() {
        return BillingPeriod.of(month, InvoicingFixture.BERLIN).to();
    }

    private static int months() {
        return (month.getYear() - 2026) * 12 + month.getMonthValue() - 9;
    }

    private static void work(InterruptibleInvoiceRuns runs) {
        var worker = new InvoiceWorker(runs);
        var unusedOpened = worker.open();
        var unusedRuns = worker.work(() -> true);
    }

    private static boolean isOver() {
        return Database.texts("select max(month)::text from work.invoicing_run where tenant = '" + BOOKS.tenant.value()
                                + "'")
                        .contains(month.atDay(1).toString())
                && Database.texts(UNFINISHED.formatted(BOOKS.clock.instant(), BOOKS.tenant.value()))
                        .isEmpty();
    }
}
