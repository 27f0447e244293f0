package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a person waits for a vendor. A client waits for each request a bounded time and tries again, which is right for work that nobody
 * looks at; here it goes on by itself, and whoever clicked is told that it takes too long.
 */
public record InteractiveTimeout(ExecutorService executor, Duration limit) {
    /**
     * Asks on another thread, which knows no tenant and no transaction.
     *
     * @throws ProviderFailure as what was asked, or NO_ANSWER if it took too long
     */
    public <T> T ask(Callable<T> question) {
        try {
            var asked = executor.submit(question);
            try {
                return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                asked.cancel(true);
                throw new ProviderFailure(
                        Reason.NO_ANSWER, "no answer within " + limit.toSeconds() + " s", Optional.empty(), late);
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("an adapter failed", failed.getCause());
        } catch (RejectedExecutionException full) {
            throw new ProviderFailure(Reason.BUSY, "too many ask at once", Optional.empty(), full);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderFailure(Reason.NO_ANSWER, "interrupted", Optional.empty(), interrupted);
        }
    }
}
