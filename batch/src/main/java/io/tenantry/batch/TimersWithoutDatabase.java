package io.tenantry.batch;

import io.tenantry.tenancy.DatabaseUnavailable;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Around every timer (ejb-jar.xml): a tick that finds the database away says so in one line for those who look closely, and the next one tries again. Each node
 * says once that its database is away. Other failures are logged by the server with their trace.
 */
public class TimersWithoutDatabase {
    private static final System.Logger LOG = System.getLogger(TimersWithoutDatabase.class.getName());

    /** Calls the timer. */
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
