package io.tenantry.cloud.metrics;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Limits concurrent calls to providers for data that is only shown. A provider that hangs blocks a thread until the client's timeout, which is
 * longer than a person waits; so each account has few permits, and all accounts together not many more.
 */
@ApplicationScoped
public class ProviderBulkhead {
    private static final int ALL_MAX = 12;
    private static final int EACH_MAX = 3;

    private final Map<String, Integer> asking = new HashMap<>();

    /**
     * Makes the call on this thread.
     *
     * @param account the account whose provider is called
     * @throws ProviderFailure BUSY if too many calls are in progress; nothing was sent
     */
    <T> T ask(String account, Callable<T> question) throws Exception {
        enter(account);
        try {
            return question.call();
        } finally {
            leave(account);
        }
    }

    private synchronized void enter(String account) {
        var all = asking.values().stream().mapToInt(Integer::intValue).sum();
        if (all >= ALL_MAX || asking.getOrDefault(account, 0) >= EACH_MAX) {
            throw new ProviderFailure(Reason.BUSY, "too many concurrent requests");
        }
        asking.merge(account, 1, Integer::sum);
    }

    private synchronized void leave(String account) {
        var left = asking.getOrDefault(account, 0) - 1;
        if (left > 0) {
            asking.put(account, left);
        } else {
            asking.remove(account);
        }
    }
}
