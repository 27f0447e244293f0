package io.tenantry.tenancy;

import java.util.function.Supplier;

/**
 * Which of the pools the transactions of a thread take their connections from. What charging leaves behind in a process of PostgreSQL
 * (functions and plans of every tenant that it has charged, 1.7 MB each) is worth keeping, but only in few processes: so charging has connections
 * of its own, which are kept for longer, and those of requests stay small.
 */
public enum ConnectionPoolRole {
    /** Of people and programs who wait, and of all that is not named below. */
    REQUESTS(50),

    /** Of the hourly charging. */
    CHARGING(200);

    private static final ThreadLocal<ConnectionPoolRole> CURRENT = ThreadLocal.withInitial(() -> REQUESTS);

    private final int schemasMax;

    ConnectionPoolRole(int schemasMax) {
        this.schemasMax = schemasMax;
    }

    /** A process that has served so many schemas is worn. */
    int schemasMax() {
        return schemasMax;
    }

    static ConnectionPoolRole current() {
        return CURRENT.get();
    }

    /**
     * Does the work with connections of this lane, on this thread.
     *
     * @throws IllegalStateException within a transaction, which has its connection already
     */
    public <T> T run(Supplier<T> work) {
        if (TransactionScope.isActive()) {
            throw new IllegalStateException("the lane is chosen before a transaction begins");
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
