package io.tenantry.tenancy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who acts on the current thread. Set by sign-in for requests and by jobs for themselves; never inherited. */
public final class Actors {
    private static final ThreadLocal<@Nullable Actor> CURRENT = new ThreadLocal<>();

    private Actors() {}

    /** Restores the actor before. */
    public static final class Acting implements AutoCloseable {
        private final @Nullable Actor before;

        private Acting(@Nullable Actor before) {
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

    /** Lets the actor act on this thread until closed. */
    public static Acting enter(Actor actor) {
        var before = CURRENT.get();
        CURRENT.set(actor);
        return new Acting(before);
    }

    /** Who acts, if anybody is known. */
    public static Optional<Actor> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /**
     * Who acts.
     *
     * @throws IllegalStateException if nobody is known: a use case was reached without sign-in and outside a job
     */
    public static Actor require() {
        return current().orElseThrow(() -> new IllegalStateException("nobody is known to act on this thread"));
    }

    /** Forgets who acts: at the end of a request. */
    public static void clear() {
        CURRENT.remove();
    }
}
