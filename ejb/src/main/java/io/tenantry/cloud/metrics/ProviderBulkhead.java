package io.tenantry.cloud.metrics;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * How many may ask vendors at once for something that is only shown. A vendor that hangs keeps a thread for as long as its client waits, which
 * is longer than a person does; so an account has few places, and all together have not many more.
 */
@ApplicationScoped
public class ProviderBulkhead {
    private static final int ALL_MAX = 12;
    private static final int EACH_MAX = 3;

    private final Map<String, Integer> asking = new HashMap<>();

    /**
     * Asks on this thread.
     *
     * @param account whose vendor is asked
     * @throws ProviderFailure BUSY if too many ask already; nothing was sent
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
            throw new ProviderFailure(Reason.BUSY, "too many ask at once");
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
