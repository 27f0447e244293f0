package io.tenantry.speed;

import java.time.Instant;

/** One of two sides that do the same work in turns. */
interface Side {
    String name();

    /** Charges everything that has started before the instant, which is an hour after the previous one. */
    void charge(Instant until);

    /** CPU seconds used so far by its client, if that is neither the server nor PostgreSQL. */
    double clientCpuSeconds();
}
