package io.tenantry.tenancy;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * Facts added to every log line of the current thread: {@code tenant}, {@code person}, {@code request}, {@code run}. {@link Tenancy} sets the
 * tenant automatically.
 */
public final class LogContext implements AutoCloseable {
    private final String key;
    private final @Nullable Object before;

    private LogContext(String key, @Nullable Object before) {
        this.key = key;
        this.before = before;
    }

    /** Adds a fact to log lines until closed. */
    public static LogContext with(String key, String value) {
        return new LogContext(key, MDC.put(key, value));
    }

    static void set(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    @Override
    public void close() {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
