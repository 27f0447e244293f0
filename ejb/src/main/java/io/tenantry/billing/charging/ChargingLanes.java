package io.tenantry.billing.charging;

import io.tenantry.tenancy.ConnectionPoolRole;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/**
 * The lanes of this node's charging ({@link ConnectionPoolRole}): one worker at a time charges the small tenants of a lane, so that one connection
 * learns each of them, and the other lanes are left to the other workers. This is only an economy: several workers in one lane are correct too.
 */
@ApplicationScoped
public class ChargingLanes {
    /** A worker that spends longer on one run, for example because a wallet is locked, no longer keeps others out of its lane. */
    static final Duration HELD_UP = Duration.ofSeconds(5);

    /** Measures how long a worker has been on a run; not the time of day, which may jump. */
    LongSupplier nanos = System::nanoTime;

    private final AtomicReferenceArray<HeldLane> holders = new AtomicReferenceArray<>(ConnectionPoolRole.LANES);
    private final AtomicInteger entered = new AtomicInteger();

    /** A lane that one worker is in. */
    public final class HeldLane implements AutoCloseable {
        private final int lane;
        private volatile long sinceNanos = nanos.getAsLong();

        private HeldLane(int lane) {
            this.lane = lane;
        }

        public int lane() {
            return lane;
        }

        /** Records that the worker begins another run. */
        public void beginRun() {
            sinceNanos = nanos.getAsLong();
        }

        private boolean isHeldUp() {
            return nanos.getAsLong() - sinceNanos > HELD_UP.toNanos();
        }

        @Override
        public void close() {
            holders.compareAndSet(lane, this, null);
        }
    }

    /** Enters one of the lanes; empty if other workers are in all of them. */
    public Optional<HeldLane> enterAny(Set<Integer> lanes) {
        var first = entered.getAndIncrement();
        for (var i = 0; i < ConnectionPoolRole.LANES; i++) {
            var lane = Math.floorMod(first + i, ConnectionPoolRole.LANES);
            var holder = holders.get(lane);
            if (lanes.contains(lane) && (holder == null || holder.isHeldUp())) {
                var held = new HeldLane(lane);
                if (holders.compareAndSet(lane, holder, held)) {
                    return Optional.of(held);
                }
            }
        }
        return Optional.empty();
    }
}
