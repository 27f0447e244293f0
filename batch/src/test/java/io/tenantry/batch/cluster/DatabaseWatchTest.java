package io.tenantry.batch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.health.Readiness;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node without its database accepts no requests from load balancers, and accepts them again when it is back. */
class DatabaseWatchTest {
    private final Readiness readiness = new Readiness();
    private final DatabaseWatch watch = new DatabaseWatch();
    private boolean isReachable = true;
    private boolean answers = true;
    private boolean hasJobs = true;
    private int asked;
    private int jobsAsked;

    @BeforeEach
    void prepare() {
        var connection = fake(Connection.class, method -> answers);
        watch.database = fake(DataSource.class, method -> {
            asked++;
            if (!isReachable) {
                throw new SQLException("no connection", new SQLException("refused"));
            }
            return connection;
        });
        watch.readiness = readiness;
        watch.jobs = () -> {
            jobsAsked++;
            if (!hasJobs) {
                throw new IllegalStateException("no job operator");
            }
        };
    }

    @Test
    void failsReadinessWithoutJobRepository() {
        hasJobs = false;
        readiness.ready();
        watch.inspect();
        watch.inspect();
        assertThat(readiness.isServing()).isFalse();
        assertThat(readiness.isFailed()).isTrue();
        assertThat(readiness.doing()).contains("the job repository was not opened");
        assertThat(jobsAsked).isOne();
        isReachable = false;
        watch.inspect();
        assertThat(readiness.doing()).contains("the job repository was not opened");
    }

    @Test
    void checksOpenedJobRepositoryOnce() {
        readiness.ready();
        watch.inspect();
        watch.inspect();
        assertThat(jobsAsked).isOne();
        assertThat(readiness.isServing()).isTrue();
    }

    @Test
    void stopsServingWithoutDatabaseAndStaysReady() {
        readiness.ready();
        watch.inspect();
        assertThat(readiness.isServing()).isTrue();
        isReachable = false;
        watch.inspect();
        watch.inspect();
        assertThat(readiness.isServing()).isFalse();
        assertThat(readiness.isReady())
                .as("what runs goes on and reports its own failures")
                .isTrue();
        assertThat(readiness.doing()).isEqualTo("waiting for the database");
        isReachable = true;
        watch.inspect();
        assertThat(readiness.isServing()).isTrue();
    }

    @Test
    void treatsUnresponsiveDatabaseAsUnavailable() {
        readiness.ready();
        answers = false;
        watch.inspect();
        assertThat(readiness.isServing()).isFalse();
    }

    @Test
    void keepsStatusOfStartingNode() {
        isReachable = false;
        readiness.doing("migrating");
        watch.inspect();
        assertThat(asked).isZero();
        assertThat(readiness.doing()).isEqualTo("migrating");
    }

    private interface Answer {
        Object to(String method) throws SQLException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "getConnection", "isValid" -> answer.to(method.getName());
                    default -> null;
                }));
    }
}
