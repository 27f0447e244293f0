package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to providers for which a person waits, for a limited time. A client waits a bounded time for each request and retries, which suits
 * background work; here the call continues in the background, and the user is shown that it takes too long.
 *
 * <p>A provider that hangs occupies a thread of its own and one that serves pages. So few calls run at once: three for each account, six for
 * each reseller and eighteen on the node. Further ones are refused and do not wait. The threads are used for nothing else, so background work
 * never waits for them.
 */
@ApplicationScoped
public class InteractiveCalls {
    private static final int ACCOUNT_MAX = 3;
    private static final int TENANT_MAX = 6;
    private static final int NODE_MAX = 18;

    private final CallCounts counts = new CallCounts();

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    private @Nullable ExecutorService executor;

    /** For the container. */
    public InteractiveCalls() {}

    /** For use outside a container. */
    public InteractiveCalls(ThreadFactory threads) {
        executor = Executors.newCachedThreadPool(threads);
    }

    @PostConstruct
    void begin() {
        executor = Executors.newCachedThreadPool(managedThreads);
    }

    /** Ends the threads; calls in progress are interrupted. */
    @PreDestroy
    public void end() {
        executor().shutdownNow();
    }

    /**
     * Makes the call on another thread, in the current scope and without a transaction.
     *
     * @param account the account whose provider is called
     * @param limit how long to wait
     * @throws ProviderFailure thrown by the call; NO_RESPONSE after the limit; BUSY if too many calls are in progress, and then nothing was sent
     */
    public <T> T ask(String account, Duration limit, Callable<T> question) {
        var scope = Tenancy.scope();
        var call = new FutureTask<T>(() -> Tenancy.in(scope, question::call));
        start(scope, account, call);
        try {
            return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            call.cancel(true);
            throw new ProviderFailure(
                    Reason.NO_RESPONSE, "no answer within " + limit.toSeconds() + " s", Optional.empty(), late);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ProviderFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("an adapter failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProviderFailure(Reason.NO_RESPONSE, "interrupted", Optional.empty(), interrupted);
        }
    }

    /** A call counts until it ends, not only while somebody waits for it. */
    private void start(Scope scope, String account, Runnable call) {
        var limits = List.of(
                new CallCounts.Limit("node", NODE_MAX),
                new CallCounts.Limit(scope.label(), TENANT_MAX),
                new CallCounts.Limit(scope.label() + " " + account, ACCOUNT_MAX));
        if (!counts.enter(limits)) {
            throw new ProviderFailure(Reason.BUSY, "too many concurrent requests");
        }
        var isStarted = false;
        try {
            executor().execute(() -> {
                try {
                    call.run();
                } finally {
                    counts.leave(limits);
                }
            });
            isStarted = true;
        } finally {
            if (!isStarted) {
                counts.leave(limits);
            }
        }
    }

    private ExecutorService executor() {
        if (executor == null) {
            throw new IllegalStateException("not started");
        }
        return executor;
    }
}
