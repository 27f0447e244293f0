package io.tenantry.kernel.time;

import java.time.Duration;

/**
 * Timestamps of the entered tenant that the database's clock wrote, because they must not depend on the clocks of nodes. A demo that moves
 * its own clock forward has them moved back by as much, so that they grow old by either clock alike.
 */
public interface RealTimestamps {
    /** Moves the timestamps back, in the caller's transaction. Called in a demo only. */
    void age(Duration by);
}
