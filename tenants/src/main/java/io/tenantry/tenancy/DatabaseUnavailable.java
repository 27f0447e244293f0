package io.tenantry.tenancy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells failures that come of a database that is away, starting or out of connections from those of what was asked. */
public final class DatabaseUnavailable {
    private DatabaseUnavailable() {}

    /** Whether the failure, or what it came of, says that the database could not be reached: the same may work in a moment. */
    public static boolean isBehind(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientConnectionException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null && isAway(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Logs a failure after which the same is tried again: as a warning with its trace, or, if the database is away, in one line for those who look closely.
     * Each node says once that its database is away, and once that it is back.
     */
    public static void report(System.Logger log, String what, Throwable failure) {
        if (isBehind(failure)) {
            log.log(System.Logger.Level.DEBUG, what + ": " + failure.getMessage());
        } else {
            log.log(System.Logger.Level.WARNING, what, failure);
        }
    }

    /** Connection lost or refused (08), shutting down or starting (57P), no connection left (53300). */
    private static boolean isAway(String state) {
        return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
    }
}
