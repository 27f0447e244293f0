package io.tenantry.admin.offboarding;

import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An export of a reseller's data. All times are real ones, also in a demo whose clock was moved.
 *
 * @param tables the number of tables; none before it starts
 * @param done the number of tables written
 * @param rows rows read so far
 * @param node the node that has its file, or is writing it
 * @param file its name; empty until it is done, and once it is deleted
 * @param sha256 of the file
 * @param error why the latest attempt failed
 */
public record Export(
        UUID id,
        TenantId tenant,
        State state,
        Instant requestedAt,
        String requestedBy,
        Optional<Instant> startedAt,
        Optional<Instant> endedAt,
        int tables,
        int done,
        long rows,
        Optional<String> node,
        Optional<String> file,
        long bytes,
        Optional<String> sha256,
        Optional<String> error) {

    /** How long a file is kept. */
    static final Duration KEPT = Duration.ofDays(90);

    /** The states of an export. */
    public enum State {
        /** Waiting to be started, or retried. */
        WAITING,
        /** Being written. */
        RUNNING,
        /** Its file is available. */
        DONE,
        /** All attempts failed. */
        FAILED,
        /** Its file was deleted. */
        REMOVED
    }

    /** Whether it is still to be written. */
    public boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /** Returns when its file expires, unless it is deleted before. */
    public Optional<Instant> keptUntil() {
        return isDone() ? endedAt.map(at -> at.plus(KEPT)) : Optional.empty();
    }

    /** Whether its file can be downloaded. */
    public boolean isDone() {
        return state == State.DONE;
    }
}
