package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUnavailableTest {
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void isRecognizedByStateAtAnyDepth(String state) {
        var deep = new IllegalStateException(new RuntimeException(new SQLException("x", state)));
        assertThat(DatabaseUnavailable.isBehind(deep)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "23505", "40001", "53100"})
    void isNotCauseOfRefusedStatements(String state) {
        assertThat(DatabaseUnavailable.isBehind(new SqlFailure(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void isCauseOfExhaustedPool() {
        assertThat(DatabaseUnavailable.isBehind(new RuntimeException(new SQLTransientConnectionException("x"))))
                .isTrue();
        assertThat(DatabaseUnavailable.isBehind(new RuntimeException(new SQLException("x"))))
                .isFalse();
    }

    @Test
    void isNotLoggedAsWarningButOtherFailuresAre() {
        var records = new ArrayList<LogRecord>();
        var logger = Logger.getLogger("io.tenantry.away-test");
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.ALL);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord one) {
                records.add(one);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        var log = System.getLogger(logger.getName());
        var broken = new IllegalStateException(new SQLException("x", "42P01"));
        DatabaseUnavailable.report(log, "not done", new IllegalStateException(new SQLException("x", "08006")));
        DatabaseUnavailable.report(log, "not done", broken);
        assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.FINE, Level.WARNING);
        assertThat(records.get(0).getThrown()).isNull();
        assertThat(records.get(1).getThrown()).isSameAs(broken);
    }
}
