package io.tenantry.tenancy;

import java.util.function.Supplier;

/**
 * The connection pool that the transactions of a thread use. Charging fills a PostgreSQL backend with functions and plans of every tenant it
 * has charged (1.7 MB each), which is worth keeping, but only in few backends: so charging has its own connections, which are kept longer, and
 * those of requests stay small.
 */
public enum ConnectionPoolRole {
    /** For people and programs that wait, and for everything not listed below. */
    REQUESTS(50),

    /** For the hourly charging. */
    CHARGING(200);

    private static final ThreadLocal<ConnectionPoolRole> CURRENT = ThreadLocal.withInitial(() -> REQUESTS);

    private final int schemasMax;

    ConnectionPoolRole(int schemasMax) {
        this.schemasMax = schemasMax;
    }

    /** Returns the number of schemas after which a backend is replaced. */
    int schemasMax() {
        return schemasMax;
    }

    static ConnectionPoolRole current() {
        return CURRENT.get();
    }

    /**
     * Runs the work on this thread with connections of this pool.
     *
     * @throws IllegalStateException within a transaction, which already has its connection
     */
    public <T> T run(Supplier<T> work) {
        if (TransactionScope.isActive()) {
            throw new IllegalStateException("the pool must be chosen before a transaction begins");
        }
        var before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            if (before == REQUESTS) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
