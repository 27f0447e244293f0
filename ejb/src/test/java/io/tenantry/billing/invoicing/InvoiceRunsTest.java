package io.tenantry.billing.invoicing;

import static io.tenantry.billing.invoicing.InvoicingFixture.IN_DECEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.IN_NOVEMBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.OCTOBER;
import static io.tenantry.billing.invoicing.InvoicingFixture.RENTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.LeaseLostException;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The job's runs on a real PostgreSQL: months in order, none missed, each wallet's document once, even when workers die. */
class InvoiceRunsTest {
    private static int offices;

    private final InvoicingFixture invoicingFixture = createFixture("Europe/Berlin");
    private final BillingFixture billingFixture = invoicingFixture.billingFixture;

    private static InvoicingFixture createFixture(String zone) {
        var billingFixture = new BillingFixture("run-" + ++offices, "EUR", zone);
        billingFixture.clock.stopAt(RENTED);
        return new InvoicingFixture(billingFixture);
    }

    @AfterEach
    void assertLedgerIsConsistent() {
        assertThat(billingFixture.faults()).isEmpty();
        assertThat(AuditorFixture.found(billingFixture.tenant, "invoice")).isEmpty();
        Database.asOwner("delete from work.invoicing_run where tenant = '" + billingFixture.tenant.value() + "'");
    }

    /** Creates this number of wallets, each with a server since 10 October, charged up to an instant. */
    private List<UUID> rented(int wallets, Instant charged) {
        var price = billingFixture.price("7.30");
        var all = new ArrayList<UUID>();
        for (var i = 0; i < wallets; i++) {
            all.add(billingFixture
                    .rent(invoicingFixture.wallet("1000"), price, RENTED)
                    .wallet());
        }
        billingFixture.charge(charged);
        return all;
    }

    private List<Long> numbers() {
        return billingFixture.in(
                () -> billingFixture.sql.query("select number from invoice order by number", row -> row.big("number")));
    }

    private void assertOneDocumentEach(List<UUID> wallets) {
        assertThat(wallets)
                .allSatisfy(
                        wallet -> assertThat(invoicingFixture.documents(wallet)).hasSize(1));
        assertThat(numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, wallets.size()).boxed().toList());
    }

    @Test
    void catchesUpMissedMonthsInOrder() {
        var wallet = rented(1, IN_DECEMBER).get(0);
        var runs = new FixtureRuns(IN_DECEMBER, invoicingFixture);

        runs.work();

        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 DONE 1 0", "2026-11 DONE 1 0");
        assertThat(invoicingFixture.documents(wallet))
                .extracting(InvoicingFixture.Document::number)
                .containsExactly(1L, 2L);
        // The tenant has existed since January.
        assertThat(Database.texts("select min(month)::text || ' ' || count(*) from work.invoicing_run where tenant = '"
                        + billingFixture.tenant.value() + "'"))
                .containsExactly("2026-01-01 11");
        runs.work();
        assertThat(invoicingFixture.documents(wallet)).hasSize(2);
    }

    @Test
    void waitsUntilTheWindowOfTheMonthEnds() {
        var wallet = rented(1, IN_NOVEMBER).get(0);
        var runs = new FixtureRuns(Instant.parse("2026-11-03T22:59:59Z"), invoicingFixture);

        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 OPEN 0 0");
        assertThat(runs.hasClaimable(runs.reached())).isFalse();

        runs.advance(billingFixture, Instant.parse("2026-11-03T23:00:00Z"));
        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 DONE 1 0");
        assertThat(invoicingFixture.document(wallet).numberText()).isEqualTo("INV-2026-000001");
    }

    @Test
    void waitsUntilTheHoursOfTheMonthAreCharged() {
        var wallet = rented(1, IN_NOVEMBER).get(0);
        var runs = new FixtureRuns(IN_NOVEMBER, invoicingFixture);
        Database.asOwner("insert into work.charging_run (tenant, tenant_role, until) select '"
                + billingFixture.tenant.value() + "', '" + billingFixture.tenant.role() + "', '" + OCTOBER.to() + "'");

        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 OPEN 0 0");
        assertThat(runs.hasClaimable(runs.reached())).isFalse();

        // Charges made later belong to the next month.
        Database.asOwner("update work.charging_run set until = until + interval '1 hour' where tenant = '"
                + billingFixture.tenant.value() + "'");
        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 DONE 1 0");
        assertThat(invoicingFixture.document(wallet).number()).isEqualTo(1);
        Database.asOwner("delete from work.charging_run where tenant = '" + billingFixture.tenant.value() + "'");
    }

    @Test
    void endsMonthsInTheTimeZoneOfTheTenant() {
        var american = createFixture("America/New_York");
        // Between the midnights of Berlin and New York.
        var runs = new FixtureRuns(Instant.parse("2026-11-01T00:30:00Z"), invoicingFixture, american);

        runs.work();

        var latest = "select max(month)::text from work.invoicing_run where tenant = '";
        assertThat(Database.texts(latest + billingFixture.tenant.value() + "'")).containsExactly("2026-10-01");
        assertThat(Database.texts(latest + american.billingFixture.tenant.value() + "'"))
                .containsExactly("2026-09-01");
    }

    @Test
    void continuesAfterADeadWorkerAndFencesItOff() {
        var wallets = rented(5, IN_NOVEMBER);
        var runs = new FixtureRuns(IN_NOVEMBER, invoicingFixture);
        var unusedOpened = new InvoiceWorker(runs).open();
        issueUpTo(runs, YearMonth.of(2026, 9));
        var dead = runs.claim(IN_NOVEMBER).orElseThrow();
        assertThat(runs.begin(dead)).isTrue();
        var left = runs.issueNext(dead).orElseThrow();
        assertThat(runs.claim(IN_NOVEMBER)).isEmpty();

        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        var other = runs.claim(IN_NOVEMBER).orElseThrow();

        assertThat(other.after()).isEqualTo(left.after());
        assertThat(other.fence()).isEqualTo(dead.fence() + 1);
        assertThatThrownBy(() -> runs.issueNext(left)).isInstanceOf(LeaseLostException.class);
        assertThat(numbers()).hasSize(2);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(250));
        runs.work();
        assertOneDocumentEach(wallets);
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 DONE 5 0");
    }

    /** Runs empty months up to this one. */
    private static void issueUpTo(FixtureRuns runs, YearMonth month) {
        for (var claim = runs.claim(IN_NOVEMBER).orElseThrow();
                ;
                claim = runs.claim(IN_NOVEMBER).orElseThrow()) {
            assertThat(runs.begin(claim)).isTrue();
            for (var left = runs.issueNext(claim); left.isPresent(); left = runs.issueNext(left.get())) {
                assertThat(left.get().month()).isBeforeOrEqualTo(month);
            }
            if (claim.month().equals(month)) {
                return;
            }
        }
    }

    @Test
    void issuesEachDocumentOnceFromConcurrentNodes() throws Exception {
        var wallets = rented(9, IN_NOVEMBER);
        var runs = new FixtureRuns(IN_NOVEMBER, invoicingFixture);
        var threads = Executors.newFixedThreadPool(4);
        try {
            var nodes = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < 4; i++) {
                nodes.add(() -> {
                    runs.work();
                    return true;
                });
            }
            for (var node : threads.invokeAll(nodes)) {
                assertThat(node.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        runs.work();
        assertOneDocumentEach(wallets);
    }

    /** Dies in the middle of a batch: before its commit, or before its response arrives. */
    private static final class Crashing extends FixtureRuns {
        private final Random random;
        private int deaths;

        Crashing(Instant reached, InvoicingFixture invoicingFixture, long seed) {
            super(reached, invoicingFixture);
            random = new Random(seed);
        }

        @Override
        <T> T step(Claim claim, Supplier<T> work) {
            var before = random.nextInt(3) == 0;
            var after = random.nextInt(3) == 0;
            T done = super.step(claim, () -> {
                T result = work.get();
                crashIf(before);
                return result;
            });
            crashIf(after);
            return done;
        }

        private void crashIf(boolean die) {
            if (die) {
                deaths++;
                throw new SimulatedCrash();
            }
        }
    }

    private static final class SimulatedCrash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Tag("full")
    @Test
    void issuesEachDocumentOnceWithoutGapsAfterACrashAtAnyPoint() {
        var wallets = rented(12, IN_NOVEMBER);
        var mortal = new Crashing(IN_NOVEMBER, invoicingFixture, 6);
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!FixtureRuns.states(billingFixture).equals(List.of("2026-10 DONE 12 0")) && System.nanoTime() < end) {
            try {
                mortal.work();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            } catch (SimulatedCrash expected) {
                // Its lease expires.
            }
        }
        assertThat(mortal.deaths).isGreaterThan(10);
        assertOneDocumentEach(wallets);
    }

    @Test
    void issuesOtherInvoicesWhileAWalletWaitsForItsHours() {
        var charged = rented(1, IN_NOVEMBER).get(0);
        var late = billingFixture
                .rent(invoicingFixture.wallet("1000"), billingFixture.price("7.30"), RENTED)
                .wallet();
        var runs = new FixtureRuns(IN_NOVEMBER, invoicingFixture);

        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 WAITING 1 1");
        assertThat(invoicingFixture.documents(charged)).hasSize(1);

        billingFixture.charge(IN_NOVEMBER);
        assertThat(runs.retryAll()).isEqualTo(1);
        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).containsExactly("2026-10 DONE 2 0");
        assertOneDocumentEach(List.of(charged, late));
    }

    @Test
    void waitsForTheSellerData() {
        var silent = new InvoicingFixture(new BillingFixture("run-silent", "EUR", "Europe/Berlin"), false);
        silent.billingFixture.clock.stopAt(RENTED);
        var wallet = silent.billingFixture
                .rent(silent.wallet("10"), silent.billingFixture.price("7.30"), RENTED)
                .wallet();
        silent.billingFixture.charge(IN_NOVEMBER);
        var runs = new FixtureRuns(IN_NOVEMBER, silent);

        runs.work();
        assertThat(FixtureRuns.states(silent.billingFixture))
                .endsWith("2026-10 WAITING 0 0")
                .hasSize(10);
        assertThat(silent.documents(wallet)).isEmpty();

        silent.enterSeller();
        assertThat(runs.retryAll()).isEqualTo(10);
        runs.work();
        assertThat(FixtureRuns.states(silent.billingFixture)).containsExactly("2026-10 DONE 1 0");
        assertThat(silent.documents(wallet)).hasSize(1);
    }

    @Test
    void recordsAFailedRunWithoutStoppingOtherTenants() {
        var wallets = rented(1, IN_NOVEMBER);
        var other = createFixture("Europe/Berlin");
        var elsewhere = other.billingFixture.rent(other.wallet("10"), other.billingFixture.price("7.30"), RENTED);
        other.billingFixture.charge(IN_NOVEMBER);
        billingFixture.in(
                () -> billingFixture.sql.update("delete from invoice_number_template where kind = 'INVOICE'"));
        var runs = new FixtureRuns(IN_NOVEMBER, invoicingFixture, other);

        runs.work();
        assertThat(FixtureRuns.states(billingFixture)).first().asString().startsWith("2026-01 FAILED");
        assertThat(invoicingFixture.documents(wallets.get(0))).isEmpty();
        assertThat(other.documents(elsewhere.wallet())).hasSize(1);

        billingFixture.in(() -> billingFixture.sql.update(
                "insert into invoice_number_template values ('INVOICE', 'R-{year}-{number:4}')"));
        assertThat(runs.retryAll()).isEqualTo(1);
        runs.work();
        assertThat(invoicingFixture.document(wallets.get(0)).numberText()).isEqualTo("R-2026-0001");
    }
}
