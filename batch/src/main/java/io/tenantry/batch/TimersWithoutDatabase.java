package io.tenantry.batch;

import io.tenantry.tenancy.DatabaseUnavailable;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * An interceptor around every timer (ejb-jar.xml): a tick that finds the database unavailable logs one line at a detailed level, and the next
 * one tries again. Each node logs once that its database is unavailable. The server logs other failures with their stack trace.
 */
public class TimersWithoutDatabase {
    private static final System.Logger LOG = System.getLogger(TimersWithoutDatabase.class.getName());

    /** Invokes the timer. */
    @AroundTimeout
    public @Nullable Object tick(InvocationContext timer) throws Exception {
        try {
            return timer.proceed();
        } catch (RuntimeException failure) {
            if (!DatabaseUnavailable.isBehind(failure)) {
                throw failure;
            }
            DatabaseUnavailable.report(LOG, timer.getMethod() + " waits for its next tick", failure);
            return null;
        }
    }
}
