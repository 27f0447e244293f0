package io.tenantry.kernel.time;

import java.time.Duration;

/**
 * Timestamps of the entered tenant that are written by the database's clock, because they must not depend on the clocks of nodes. A demo that
 * moves its own clock forward shifts them back by the same amount, so that they age by either clock alike.
 */
public interface RealTimestamps {
    /** Shifts the timestamps back, in the caller's transaction. Called in a demo only. */
    void age(Duration by);
}
