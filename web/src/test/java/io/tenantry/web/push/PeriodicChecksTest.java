package io.tenantry.web.push;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PeriodicChecksTest {
    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final long PATIENCE_SECONDS = 30;

    @Test
    void repeatsCheckWhileAnotherOneBlocks() throws InterruptedException {
        var blocked = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var repeated = new CountDownLatch(3);
        try (var checks = new PeriodicChecks(new PlainThreads())) {
            checks.repeat(
                    () -> {
                        try {
                            blocked.await();
                        } catch (InterruptedException closing) {
                            interrupted.countDown();
                        }
                    },
                    OFTEN);
            checks.repeat(repeated::countDown, OFTEN);
            assertTrue(repeated.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertTrue(interrupted.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    private static final class PlainThreads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new UnsupportedOperationException();
        }
    }
}
