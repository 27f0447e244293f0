package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAwayTest {
    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void isKnownByItsStateHoweverDeepItLies(String state) {
        var deep = new IllegalStateException(new RuntimeException(new SQLException("x", state)));
        assertThat(DatabaseAway.isBehind(deep)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "42P01", "23505", "40001", "53100"})
    void isNotBehindWhatTheDatabaseRefuses(String state) {
        assertThat(DatabaseAway.isBehind(new SqlFailure(new SQLException("x", state))))
                .isFalse();
    }

    @Test
    void isBehindAPoolThatHasNothingToGive() {
        assertThat(DatabaseAway.isBehind(new RuntimeException(new SQLTransientConnectionException("x"))))
                .isTrue();
        assertThat(DatabaseAway.isBehind(new RuntimeException(new SQLException("x"))))
                .isFalse();
    }
}
