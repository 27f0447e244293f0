package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.SqlFailure;
import io.tenantry.testing.Database;
import jakarta.ejb.EJBException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TransientRetryTest {
    private static final String DEADLOCK = "40P01";
    private static final String NOT_UNIQUE = "23505";

    private final AtomicInteger tried = new AtomicInteger();

    @Test
    void retriesATransientFailure() {
        assertThat(TransientRetry.of(() -> failingUntil(3, new IllegalStateException("rolled back", sql(DEADLOCK)))))
                .isEqualTo(3);
    }

    @Test
    void retriesACommitWhoseResponseWasLost() {
        assertThat(TransientRetry.of(() -> failingUntil(2, new EJBException("unknown"))))
                .isEqualTo(2);
    }

    @Test
    void doesNotRetryOtherFailures() {
        assertThatThrownBy(() -> TransientRetry.of(() -> failingUntil(9, sql(NOT_UNIQUE))))
                .isInstanceOf(SqlFailure.class);
        assertThat(tried).hasValue(1);
    }

    @Test
    void givesUpAfterFiveTransientFailures() {
        assertThatThrownBy(() -> TransientRetry.of(() -> failingUntil(9, sql(DEADLOCK))))
                .isInstanceOf(SqlFailure.class);
        assertThat(tried).hasValue(5);
    }

    private int failingUntil(int good, RuntimeException failure) {
        if (tried.incrementAndGet() < good) {
            throw failure;
        }
        return tried.get();
    }

    /** The error the database itself reports in such a case. */
    private static SqlFailure sql(String state) {
        var sql = new Sql(Database.runtime());
        try {
            Database.run(
                    Database.AURORA,
                    () -> sql.update("do $$ begin raise exception 'x' using errcode = '" + state + "'; end $$"));
        } catch (SqlFailure failure) {
            return failure;
        }
        throw new AssertionError("nothing failed");
    }
}
