package io.tenantry.tenancy;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Distinguishes failures of a database that is unreachable, starting or out of connections from failures of the statement itself. */
public final class DatabaseUnavailable {
    private DatabaseUnavailable() {}

    /** Whether the failure or one of its causes shows that the database was unreachable: a retry may succeed in a moment. */
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
     * Logs a failure that will be retried: as a warning with its stack trace or, if the database is unreachable, in one line at debug level.
     * Each node logs once that its database is unreachable, and once that it is back.
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
