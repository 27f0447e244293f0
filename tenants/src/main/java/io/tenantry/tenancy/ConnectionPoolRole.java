package io.tenantry.tenancy;

import java.util.function.Supplier;

/**
 * The connection pool that the transactions of a thread use. Charging fills a PostgreSQL backend with functions and plans of every tenant it
 * has charged (1.7 MB each), which takes longer than charging a small tenant and is worth keeping, but only in few backends. So charging has its
 * own pools, whose connections are kept longer, and those of requests stay small. Each of these pools serves a fixed part of the tenants, its
 * lane: in the next hour, a tenant's connection knows it already.
 */
public enum ConnectionPoolRole {
    /** For people and programs that wait, and for everything not listed below. */
    REQUESTS(50),

    /** For the hourly charging. */
    CHARGING(400);

    /** The number of pools for charging, and of parts into which they divide the tenants. */
    public static final int LANES = 4;

    /** The pool of requests, which is also that of charging's own bookkeeping across tenants. */
    static final int NO_LANE = 0;

    private static final ThreadLocal<ConnectionPoolRole> CURRENT = ThreadLocal.withInitial(() -> REQUESTS);

    /** Spreads names that differ only in their last character over all lanes (Knuth's multiplicative hash, whose upper bits are the good ones). */
    private static final int SPREAD = 0x9E3779B1;

    private static final int LOW_BITS = 16;

    private final int schemasMax;

    ConnectionPoolRole(int schemasMax) {
        this.schemasMax = schemasMax;
    }

    /** Returns the number of schemas after which a backend is replaced. */
    int schemasMax() {
        return schemasMax;
    }

    /** Returns the lane of a tenant, from 0; the same on every node and after every start. */
    public static int laneOf(TenantId tenant) {
        return Math.floorMod((tenant.value().hashCode() * SPREAD) >>> LOW_BITS, LANES);
    }

    /** Returns the number of the pool for a scope's transactions on this thread: that of its tenant's lane, from 1, or {@link #NO_LANE}. */
    static int poolOf(Scope scope) {
        return current() == CHARGING
                ? scope.tenant().map(tenant -> laneOf(tenant) + 1).orElse(NO_LANE)
                : NO_LANE;
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
