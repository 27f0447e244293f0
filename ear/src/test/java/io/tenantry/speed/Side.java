package io.tenantry.speed;

import java.time.Instant;

/** One of two that do the same work in turns. */
interface Side {
    String name();

    /** Charges everything that has started before the instant, an hour after the last time. */
    void charge(Instant until);

    /** Seconds of CPU that its client used so far, where that is neither the server nor PostgreSQL. */
    double clientCpuSeconds();
}
