package io.tenantry.tenancy;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Thrown if the database refused a statement or was unreachable. Knows whether the whole transaction may be retried. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;

    SqlFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        state = Objects.requireNonNullElse(cause.getSQLState(), "");
    }

    /** Returns the SQLSTATE, or an empty text. */
    public String state() {
        return state;
    }

    /** Whether a unique constraint refused the row. */
    public boolean isDuplicate() {
        return state.equals("23505");
    }

    /**
     * Whether the whole transaction may be retried: after a serialization failure, deadlock, lock timeout or lost connection, or when the
     * database ended a transaction that was idle for too long.
     */
    public boolean isTransient() {
        return state.equals("40001")
                || state.equals("40P01")
                || state.equals("55P03")
                || state.equals("25P03")
                || state.startsWith("08")
                || state.startsWith("57P");
    }

    /** Whether the root of a failure, which the container may have wrapped, is one that {@link #isTransient()}. */
    public static boolean isTransient(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SqlFailure sql) {
                return sql.isTransient();
            }
        }
        return false;
    }
}
