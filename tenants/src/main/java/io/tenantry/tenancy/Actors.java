package io.tenantry.tenancy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The actor of the current thread. Set by sign-in for requests and by jobs for themselves; never inherited. */
public final class Actors {
    private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

    private Actors() {}

    /** Restores the previous actor. */
    public static final class ActorScope implements AutoCloseable {
        private final @Nullable Actor before;

        private ActorScope(@Nullable Actor before) {
            this.before = before;
        }

        @Override
        public void close() {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** Makes the actor current on this thread until the result is closed. */
    public static ActorScope enter(Actor actor) {
        var before = CURRENT.get();
        CURRENT.set(actor);
        return new ActorScope(before);
    }

    /** Returns the current actor, if there is one. */
    public static Optional<Actor> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Returns the current actor.
     *
     * @throws IllegalStateException if there is none: a use case was reached without sign-in and outside a job
     */
    public static Actor require() {
        return current().orElseThrow(() -> new IllegalStateException("no actor on this thread"));
    }

    /** Clears the current actor at the end of a request. */
    public static void clear() {
        CURRENT.remove();
    }
}
