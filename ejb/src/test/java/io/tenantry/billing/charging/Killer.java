package io.tenantry.billing.charging;

import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the steps that a worker takes at the database, before and after each, and kills at one of them. */
public final class Killer {
    private static final int NEVER = -1;
    private static final String CUT = "08006";

    /** What dies. */
    public enum Victim {
        /** The worker: its connection is gone without a word, and nothing of it goes on. */
        WORKER,
        /** The database's process for its connection, by a signal. */
        SESSION,
        /** The line between them: whether the step was taken, nobody hears. */
        LINE,
        /** All of PostgreSQL, which then comes back. */
        DATABASE
    }

    /** Where: the n-th moment of all, counted from 0. */
    public record Order(Victim victim, int moment) {}

    /** A worker that is dead: not an exception that anybody would handle. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, Integer> kills = new TreeMap<>();
    private Victim victim = Victim.WORKER;
    private int left = NEVER;
    private int seen;

    /** From now on, until it was carried out. */
    public void take(Order order) {
        victim = order.victim();
        left = order.moment();
        seen = 0;
    }

    /** Forgets an order that was not carried out, since fewer moments came. */
    public void retire() {
        left = NEVER;
    }

    /** How many moments there were since the last order. */
    public int seen() {
        return seen;
    }

    /** How often it killed at each named moment. */
    public Map<String, Integer> kills() {
        return kills;
    }

    /** How often it killed. */
    public int count() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A moment has come: its name, and the connection of whoever is there. */
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

    /** A database that does not come back is no failure that a worker may handle. */
    private static void crash() {
        try {
            Database.crash();
        } catch (RuntimeException gone) {
            throw new AssertionError("PostgreSQL does not come back", gone);
        }
    }

    /** Asked on another connection: this one may be in the middle of anything. */
    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    /** In turns: who dies in the n-th round of an endless series over so many moments. */
    public static Order inTurn(List<Victim> victims, List<Integer> moments, int round) {
        var victim = victims.get(round % victims.size());
        return new Order(victim, moments.get((round / victims.size()) % moments.size()));
    }
}
