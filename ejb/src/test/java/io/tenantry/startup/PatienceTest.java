package io.tenantry.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void waitsForADatabaseThatIsStarting() {
        new Patience(Duration.ofMinutes(1), MOMENT).until(() -> {
            if (tries.incrementAndGet() < 4) {
                throw away();
            }
        });
        assertThat(tries).hasValue(4);
    }

    @Test
    void givesUpInTheEnd() {
        assertThatThrownBy(() -> new Patience(Duration.ofMillis(300), MOMENT).until(() -> {
                    tries.incrementAndGet();
                    throw away();
                }))
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(tries).hasValueGreaterThan(1);
    }

    @Test
    void whatElseGoesWrongGoesWrongAtOnce() {
        assertThatThrownBy(() -> new Patience(Duration.ofMinutes(1), MOMENT).until(() -> {
                    tries.incrementAndGet();
                    throw new IllegalStateException(new SQLException("no such table", "42P01"));
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tries).hasValue(1);
    }

    private static RuntimeException away() {
        return new IllegalStateException(new SQLException("the database system is starting up", "57P03"));
    }
}
