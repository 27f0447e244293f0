package io.tenantry.tenancy;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The database refused or was not there. Knows whether the whole transaction may be tried again. */
public final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;

    SqlFailure(SQLException cause) {
        super(cause.getMessage(), cause);
        state = Objects.requireNonNullElse(cause.getSQLState(), "");
    }

    /** The SQLSTATE, or an empty text. */
    public String state() {
        return state;
    }

    /** Whether a unique key refused the row. */
    public boolean isDuplicate() {
        return state.equals("23505");
    }

    /**
     * Whether the transaction may be repeated whole: serialization failure, deadlock, lock timeout, lost connection, also one that
     * the database gave up because nothing came for too long in the middle of the transaction.
     */
    public boolean isTransient() {
        return state.equals("40001")
                || state.equals("40P01")
                || state.equals("55P03")
                || state.equals("25P03")
                || state.startsWith("08")
                || state.startsWith("57P");
    }

    /** Whether at the bottom of a failure, which the container may have wrapped, is one that {@link #isTransient()}. */
    public static boolean isTransient(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SqlFailure sql) {
                return sql.isTransient();
            }
        }
        return false;
    }
}
