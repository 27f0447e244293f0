package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.ProviderServer.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The present or last job of a server.
 *
 * @param number sequence number among the jobs of the server
 * @param failure why it ends without its result; empty if it succeeds
 * @param wasOn whether the server was on before
 * @param on whether it is on afterwards
 * @param upSince when the system was last started, once this job is over
 */
record SandboxJob(
        int number,
        Kind kind,
        Instant from,
        Instant until,
        String failure,
        boolean wasOn,
        boolean on,
        Instant upSince) {
    private static final int SLOWER = 10;
    private static final int PERCENT = 100;

    /** Kinds of jobs, with their duration and the state of the server meanwhile. */
    enum Kind {
        CREATE(8, State.BUILDING, true),
        REBUILD(8, State.BUILDING, true),
        BOOT(3, State.BUSY, true),
        RESTART(4, State.BUSY, true),
        RESCUE(4, State.BUSY, true),
        STOP(2, State.BUSY, false),
        RESIZE(6, State.BUSY, true),
        RESTORE(6, State.BUSY, true),
        SNAPSHOT(5, State.UNKNOWN, false),
        PASSWORD(1, State.UNKNOWN, false),
        DELETE(2, State.DELETING, false);

        private final int seconds;
        private final State meanwhile;
        private final boolean boots;

        Kind(int seconds, State meanwhile, boolean boots) {
            this.seconds = seconds;
            this.meanwhile = meanwhile;
            this.boots = boots;
        }

        boolean isBuilding() {
            return meanwhile == State.BUILDING;
        }

        /** Whether the server's own system starts at the end, if the server is on then. */
        boolean isBoot() {
            return boots;
        }

        /** Whether the server keeps its state during this job. */
        boolean isQuiet() {
            return meanwhile == State.UNKNOWN;
        }

        Duration takes(String hostname) {
            return Duration.ofSeconds(FaultInjection.SLOW.happensTo(hostname) ? (long) seconds * SLOWER : seconds);
        }
    }

    /** Creates the first job of a server. */
    static SandboxJob first(Instant now, String hostname, String failure) {
        var until = now.plus(Kind.CREATE.takes(hostname));
        return new SandboxJob(1, Kind.CREATE, now, until, failure, false, failure.isEmpty(), until);
    }

    /** Creates the job that follows this one. */
    SandboxJob next(Kind next, Instant now, String hostname, boolean onAfterwards, String why) {
        var until = now.plus(next.takes(hostname));
        var isOnThen = why.isEmpty() ? onAfterwards : isOn();
        var up = next.boots && isOnThen && why.isEmpty() ? until : upSince;
        return new SandboxJob(number + 1, next, now, until, why, isOn(), isOnThen, up);
    }

    /** Whether the server is on once this job is over. */
    boolean isOn() {
        return on && !(kind.isBuilding() && !failure.isEmpty());
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    State state(Instant now) {
        if (!isOver(now)) {
            return kind.isQuiet() ? state(wasOn) : kind.meanwhile;
        }
        if (kind.isBuilding() && !failure.isEmpty()) {
            return State.FAILED;
        }
        return state(on);
    }

    int percent(Instant now) {
        var whole = Duration.between(from, until).toMillis();
        return (int) Math.max(0, Math.min(PERCENT, Duration.between(from, now).toMillis() * PERCENT / whole));
    }

    Optional<String> failed() {
        return Optional.of(failure).filter(words -> !words.isEmpty());
    }

    private static State state(boolean on) {
        return on ? State.RUNNING : State.STOPPED;
    }
}
