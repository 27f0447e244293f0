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
 * Limits how long a person waits for a provider. A client waits a bounded time for each request and retries, which suits background work; here
 * the call continues in the background, and the user is shown that it takes too long.
 */
public record InteractiveTimeout(ExecutorService executor, Duration limit) {
    /**
     * Makes the call on another thread, without tenant and transaction.
     *
     * @throws ProviderFailure thrown by the call, or NO_RESPONSE after the timeout
     */
    public <T> T ask(Callable<T> question) {
        try {
            var asked = executor.submit(question);
            try {
                return asked.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException late) {
                asked.cancel(true);
                throw new ProviderFailure(
                        Reason.NO_RESPONSE, "no answer within " + limit.toSeconds() + " s", Optional.empty(), late);
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("an adapter failed", failed.getCause());
        } catch (RejectedExecutionException full) {
            throw new ProviderFailure(Reason.BUSY, "too many concurrent requests", Optional.empty(), full);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderFailure(Reason.NO_RESPONSE, "interrupted", Optional.empty(), interrupted);
        }
    }
}
