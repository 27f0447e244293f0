package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.billing.charging.BillingFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fifty concurrent issuers draw numbers, and every other one dies first; on a real PostgreSQL. */
@Tag("full")
class GaplessNumbersTest {
    private static final int AT_ONCE = 1_000;

    /** Limited like a server's pool: callers wait while none is free. */
    private static final Semaphore CONNECTIONS = new Semaphore(50);

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void numbersWithoutGapsOrDuplicatesWhenHalfOfAThousandIssuersDie() throws Exception {
        var billingFixture = new BillingFixture("gapless", "EUR", "Europe/Berlin");
        var invoicingFixture = new InvoicingFixture(billingFixture);
        billingFixture.clock.stopAt(InvoicingFixture.RENTED);
        var price = billingFixture.price("7.30");
        var wallets = new ArrayList<UUID>();
        for (var i = 0; i < AT_ONCE; i++) {
            wallets.add(billingFixture
                    .rent(invoicingFixture.wallet("100"), price, InvoicingFixture.RENTED)
                    .wallet());
        }
        billingFixture.charge(InvoicingFixture.IN_NOVEMBER);
        billingFixture.clock.stopAt(InvoicingFixture.IN_NOVEMBER);
        var month = billingFixture.in(() -> invoicingFixture.invoicing.prepare(InvoicingFixture.OCTOBER));

        var together = new CountDownLatch(AT_ONCE);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < AT_ONCE; i++) {
            var wallet = wallets.get(i);
            var isMortal = i % 2 == 0;
            tasks.add(() -> {
                together.countDown();
                together.await();
                if (isMortal) {
                    var unused = withConnection(() -> dieAfterIssuing(invoicingFixture, wallet, month));
                }
                return withConnection(
                        () -> issue(invoicingFixture, wallet, month).documents());
            });
        }
        assertThat(concurrently(tasks)).hasSize(AT_ONCE).containsOnly(1);

        var numbers = billingFixture.in(
                () -> billingFixture.sql.query("select number from invoice order by number", row -> row.big("number")));
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, AT_ONCE).boxed().toList());
        assertThat(wallets)
                .allSatisfy(one -> assertThat(invoicingFixture.documents(one)).hasSize(1));
        assertThat(AuditorFixture.found(billingFixture.tenant, "invoice")).isEmpty();
    }

    private static <T> T withConnection(Callable<T> work) throws Exception {
        CONNECTIONS.acquire();
        try {
            return work.call();
        } finally {
            CONNECTIONS.release();
        }
    }

    private static boolean dieAfterIssuing(InvoicingFixture invoicingFixture, UUID wallet, Invoicing.Month month) {
        assertThatThrownBy(() -> invoicingFixture.billingFixture.in(() -> {
                    assertThat(invoicingFixture
                                    .invoicing
                                    .issue(InvoicingFixture.only(wallet), month)
                                    .documents())
                            .isEqualTo(1);
                    throw new Died();
                }))
                .isInstanceOf(Died.class);
        return true;
    }

    private static Invoicing.Batch issue(InvoicingFixture invoicingFixture, UUID wallet, Invoicing.Month month) {
        return invoicingFixture.billingFixture.in(
                () -> invoicingFixture.invoicing.issue(InvoicingFixture.only(wallet), month));
    }

    private static List<Integer> concurrently(List<Callable<Integer>> tasks) throws Exception {
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var results = new ArrayList<Integer>();
            for (var outcome : pool.invokeAll(tasks)) {
                results.add(outcome.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
