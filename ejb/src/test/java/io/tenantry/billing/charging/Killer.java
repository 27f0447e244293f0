package io.tenantry.billing.charging;

import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the steps a worker takes at the database, before and after each, and kills at one of them. */
public final class Killer {
    private static final int NEVER = -1;
    private static final String CUT = "08006";

    /** What is killed. */
    public enum Victim {
        /** The worker: its connection is closed without notice, and none of its work continues. */
        WORKER,
        /** The database's backend process of its connection, by a signal. */
        SESSION,
        /** The network connection between them: whether the step was executed remains unknown. */
        LINE,
        /** All of PostgreSQL, which then restarts. */
        DATABASE
    }

    /** The kill point: the n-th moment, counted from 0. */
    public record Order(Victim victim, int moment) {}

    /** A killed worker: not an exception that any code would handle. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Integer> kills = new TreeMap<>();
    private Victim victim = Victim.WORKER;
    private int left = NEVER;
    private int seen;

    /** Activates the order until it has been carried out. */
    public void take(Order order) {
        victim = order.victim();
        left = order.moment();
        seen = 0;
    }

    /** Cancels an order that was not carried out because fewer moments occurred. */
    public void retire() {
        left = NEVER;
    }

    /** Returns how many moments occurred since the last order. */
    public int seen() {
        return seen;
    }

    /** Returns the number of kills at each named moment. */
    public Map<String, Integer> kills() {
        return kills;
    }

    /** Returns the number of kills. */
    public int count() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Reports a moment: its name, and the connection of the caller. */
    void at(String moment, Connection connection) throws SQLException {
        seen++;
        if (left == NEVER || left-- > 0) {
            return;
        }
        retire();
        kills.merge(moment, 1, Integer::sum);
        switch (victim) {
            case WORKER -> {
                connection.abort(Runnable::run);
                throw new Killed();
            }
            case SESSION -> Database.texts("select pg_terminate_backend(" + pid(connection) + ", 5000)");
            case LINE -> {
                connection.abort(Runnable::run);
                throw new SQLException("the line was cut", CUT);
            }
            case DATABASE -> crash();
        }
    }

    /** A database that does not restart is not a failure that a worker may handle. */
    private static void crash() {
        try {
            Database.crash();
        } catch (RuntimeException gone) {
            throw new AssertionError("PostgreSQL does not come back", gone);
        }
    }

    /** Queried on another connection: this one may be in any state. */
    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    /** Returns the order of the n-th round of an endless series over these moments, with victims in turn. */
    public static Order inTurn(List<Victim> victims, List<Integer> moments, int round) {
        var victim = victims.get(round % victims.size());
        return new Order(victim, moments.get((round / victims.size()) % moments.size()));
    }
}
