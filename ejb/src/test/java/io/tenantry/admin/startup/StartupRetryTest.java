package io.tenantry.admin.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StartupRetryTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger waits = new AtomicInteger();

    @Test
    void waitsForADatabaseThatIsStarting() {
        new StartupRetry(Duration.ofMinutes(1), MOMENT)
                .until(
                        () -> {
                            if (tries.incrementAndGet() < 4) {
                                throw away();
                            }
                        },
                        waits::incrementAndGet,
                        () -> false);
        assertThat(tries).hasValue(4);
        assertThat(waits).hasPositiveValue();
    }

    @Test
    void givesUpAtTheDeadline() {
        assertThatThrownBy(() -> new StartupRetry(Duration.ofMillis(300), MOMENT)
                        .until(
                                () -> {
                                    tries.incrementAndGet();
                                    throw away();
                                },
                                waits::incrementAndGet,
                                () -> false))
                .hasRootCauseInstanceOf(SQLException.class);
        assertThat(tries).hasValueGreaterThan(1);
    }

    @Test
    void failsImmediatelyOnOtherErrors() {
        assertThatThrownBy(() -> new StartupRetry(Duration.ofMinutes(1), MOMENT)
                        .until(
                                () -> {
                                    tries.incrementAndGet();
                                    throw new IllegalStateException(new SQLException("no such table", "42P01"));
                                },
                                waits::incrementAndGet,
                                () -> false))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tries).hasValue(1);
        assertThat(waits).hasValue(0);
    }

    @Test
    void stopsWhenTheProcessShutsDown() {
        var stop = StopDuringStart.listen();
        assertThatThrownBy(() -> new StartupRetry(Duration.ofMinutes(4), Duration.ofMinutes(4))
                        .until(
                                () -> {
                                    tries.incrementAndGet();
                                    throw away();
                                },
                                // Called from another thread, as the hook does; not yet waiting, or this process would
                                // end.
                                () -> new Thread(stop::stop).start(),
                                stop::isStopping))
                .isInstanceOf(StartupRetry.Stopped.class);
        assertThat(tries).hasValue(1);
    }

    private static RuntimeException away() {
        return new IllegalStateException(new SQLException("the database system is starting up", "57P03"));
    }
}
