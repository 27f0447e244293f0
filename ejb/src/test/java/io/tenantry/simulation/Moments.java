package io.tenantry.simulation;

import io.tenantry.simulation.Accident.Kind;
import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Counts the current worker's moments, before and after each step, and triggers an accident at one of them. */
final class Moments {
    private static final String CUT = "08006";

    /** The message of a connection that was cut on purpose. */
    private static final String CUT_WORDS = "the line was cut by the storm";

    /** Death of the current worker: not an exception that any code would handle. */
    static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Clock clock;
    private final EventCounts eventCounts;
    private final Consumer<List<SimulationAction>> meanwhile;
    private final Deque<Watch> watches = new ArrayDeque<>();

    Moments(Clock clock, EventCounts eventCounts, Consumer<List<SimulationAction>> meanwhile) {
        this.clock = clock;
        this.eventCounts = eventCounts;
        this.meanwhile = meanwhile;
    }

    /** A worker, possibly while others are paused. */
    private static final class Watch {
        private final Accident accident;
        private int left;
        private boolean isOver;
        private Duration stood = Duration.ZERO;

        Watch(Accident accident) {
            this.accident = accident;
            left = accident.moment();
            isOver = accident.kind() == Kind.NONE;
        }

        /** Whether it is to happen now, or as soon as possible. */
        boolean isDue() {
            return !isOver && left-- <= 0;
        }
    }

    /** Runs work that may have an accident. */
    void during(Accident accident, Runnable work) {
        watches.push(new Watch(accident));
        try {
            work.run();
        } finally {
            watches.pop();
        }
    }

    /** Returns how long the current worker was paused since it last took up an item. */
    Duration pausedFor() {
        var watch = watches.peek();
        return watch == null ? Duration.ZERO : watch.stood;
    }

    /** Notes that another item is taken up. */
    void itemTaken() {
        var watch = watches.peek();
        if (watch != null) {
            watch.stood = Duration.ZERO;
        }
    }

    /** Reports a moment at the database. */
    void at(String moment, Connection connection) throws SQLException {
        var watch = watches.peek();
        if (watch == null || !watch.isDue() || watch.accident.kind() == Kind.PAUSE) {
            return;
        }
        watch.isOver = true;
        eventCounts.count("moment", moment.replaceAll("\\d+", "n"));
        end(connection);
        if (watch.accident.kind() == Kind.CUT) {
            eventCounts.count("accident", "line cut");
            throw new SQLException(CUT_WORDS, CUT);
        }
        eventCounts.count("accident", "death at the database");
        throw new Death();
    }

    /** Its locks must be free when the next worker comes, or the outcome would depend on how fast the database notices. */
    private static void end(Connection connection) throws SQLException {
        var process = connection.unwrap(PGConnection.class).getBackendPID();
        connection.abort(Runnable::run);
        var unused = Database.texts("select pg_terminate_backend(" + process + ", 5000)");
    }

    /** Reports a moment between two transactions, or at a provider. */
    void between(String moment) {
        var watch = watches.peek();
        if (watch == null || !watch.isDue() || watch.accident.kind() == Kind.CUT) {
            return;
        }
        watch.isOver = true;
        eventCounts.count("moment", moment);
        if (watch.accident.kind() == Kind.DEATH) {
            eventCounts.count("accident", "death elsewhere");
            throw new Death();
        }
        eventCounts.count("accident", "standstill");
        var since = clock.instant();
        meanwhile.accept(watch.accident.meanwhile());
        watch.stood = watch.stood.plus(Duration.between(since, clock.instant()));
    }

    /** Whether a failure was caused by a connection that was cut on purpose. */
    static boolean isCausedByCut(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (CUT_WORDS.equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
