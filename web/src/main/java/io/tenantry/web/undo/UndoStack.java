package io.tenantry.web.undo;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.UUID;

/**
 * The undo actions of a session: the latest few, each usable once, within some minutes, and only by the person who performed the action.
 * Windows of one session share it.
 */
final class UndoStack implements Serializable {
    static final int STEPS_MAX = 8;
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, Entry> all = new LinkedHashMap<>();

    private record Entry(UndoAction step, UUID personId, Instant until) implements Serializable {}

    /**
     * Stores an undo action.
     *
     * @return its token; it cannot be guessed, so another site cannot send it
     */
    synchronized String put(UndoAction undoAction, UUID personId, Instant now) {
        var token = UUID.randomUUID().toString();
        all.put(token, new Entry(undoAction, personId, now.plus(KEPT)));
        if (all.size() > STEPS_MAX) {
            all.remove(all.keySet().iterator().next());
        }
        return token;
    }

    /** Removes and returns the undo action of a token, if it still exists. */
    synchronized Optional<UndoAction> take(String token, UUID personId, Instant now) {
        return Optional.ofNullable(all.remove(token))
                .filter(entry -> entry.personId().equals(personId) && now.isBefore(entry.until()))
                .map(Entry::step);
    }
}
