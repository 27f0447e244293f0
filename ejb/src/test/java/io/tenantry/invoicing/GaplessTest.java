package io.tenantry.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.auditor.Rig;
import io.tenantry.charging.Books;
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

/** Numbers under fifty that issue at once, of whom every other dies first; on a real PostgreSQL. */
@Tag("full")
class GaplessTest {
    private static final int AT_ONCE = 1_000;

    /** As a server has: whoever finds none waits. */
    private static final Semaphore CONNECTIONS = new Semaphore(50);

    private static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aThousandAtOnceLeaveNoGapAndNoDuplicateThoughHalfOfThemDie() throws Exception {
        var books = new Books("gapless", "EUR", "Europe/Berlin");
        var office = new Office(books);
        books.clock.stopAt(Office.RENTED);
        var price = books.price("7.30");
        var wallets = new ArrayList<UUID>();
        for (var i = 0; i < AT_ONCE; i++) {
            wallets.add(books.rent(office.wallet("100"), price, Office.RENTED).wallet());
        }
        books.charge(Office.IN_NOVEMBER);
        books.clock.stopAt(Office.IN_NOVEMBER);
        var month = books.in(() -> office.invoicing.prepare(Office.OCTOBER));

        var together = new CountDownLatch(AT_ONCE);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var i = 0; i < AT_ONCE; i++) {
            var wallet = wallets.get(i);
            var isMortal = i % 2 == 0;
            tasks.add(() -> {
                together.countDown();
                together.await();
                if (isMortal) {
                    var unused = connected(() -> dieAfterIssuing(office, wallet, month));
                }
                return connected(() -> issue(office, wallet, month).documents());
            });
        }
        assertThat(inThreads(tasks)).hasSize(AT_ONCE).containsOnly(1);

        var numbers =
                books.in(() -> books.sql.query("select number from invoice order by number", row -> row.big("number")));
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, AT_ONCE).boxed().toList());
        assertThat(wallets).allSatisfy(one -> assertThat(office.documents(one)).hasSize(1));
        assertThat(Rig.found(books.tenant)).noneMatch(found -> found.invariant().startsWith("invoice"));
    }

    private static <T> T connected(Callable<T> work) throws Exception {
        CONNECTIONS.acquire();
        try {
            return work.call();
        } finally {
            CONNECTIONS.release();
        }
    }

    private static boolean dieAfterIssuing(Office office, UUID wallet, Invoicing.Month month) {
        assertThatThrownBy(() -> office.books.in(() -> {
                    assertThat(office.invoicing
                                    .issue(Office.alone(wallet), month)
                                    .documents())
                            .isEqualTo(1);
                    throw new Died();
                }))
                .isInstanceOf(Died.class);
        return true;
    }

    private static Invoicing.Batch issue(Office office, UUID wallet, Invoicing.Month month) {
        return office.books.in(() -> office.invoicing.issue(Office.alone(wallet), month));
    }

    private static List<Integer> inThreads(List<Callable<Integer>> tasks) throws Exception {
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
