package io.tenantry.batch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.health.Readiness;
import io.tenantry.kernel.cluster.NodeShutdown;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node gives signs, clears up after those that no longer do, and says when it stops. */
class NodeTimerTest {
    private final List<String> done = new ArrayList<>();

    /** Executions that the job repository lists as running. */
    private final Set<Long> unfinished = new TreeSet<>();

    /** Executions that nodes have recorded. */
    private final Set<Long> known = new TreeSet<>();

    /** Those of them whose node is lost. */
    private final Set<Long> lost = new TreeSet<>();

    private final Readiness readiness = new Readiness();
    private final NodeTimer timer = new NodeTimer();
    private boolean isRepositoryAway;
    private boolean isUpdateRefused;
    private Runnable end = () -> done.add("said");

    @BeforeEach
    void prepare() {
        readiness.ready();
        timer.readiness = readiness;
        timer.nodes = new Nodes() {
            @Override
            public void beat() {
                done.add("beat");
            }

            @Override
            public List<Long> executionsOfLostNodes() {
                return List.copyOf(new TreeSet<>(lost));
            }

            @Override
            public List<Long> unknown(List<Long> executions) {
                return executions.stream().filter(one -> !known.contains(one)).toList();
            }

            @Override
            public void forget(List<Long> executions) {
                done.add("forget " + executions);
                known.removeAll(executions);
                lost.removeAll(executions);
            }

            @Override
            public void prune() {
                done.add("prune nodes");
            }
        };
        timer.end = new NodeShutdown() {
            @Override
            public void record() {
                end.run();
            }
        };
        timer.repository = repository();
        timer.transaction = transaction(name -> {});
    }

    private interface Step {
        void take(String name) throws Exception;
    }

    private UserTransaction transaction(Step step) {
        return (UserTransaction) Proxy.newProxyInstance(
                UserTransaction.class.getClassLoader(),
                new Class<?>[] {UserTransaction.class},
                (self, method, arguments) -> {
                    done.add(method.getName());
                    step.take(method.getName());
                    return null;
                });
    }

    private interface Answer {
        Object to(String method, Object[] arguments) throws SQLException;
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.to(method.getName(), arguments)));
    }

    private DataSource repository() {
        return fake(DataSource.class, (method, arguments) -> {
            if (isRepositoryAway) {
                throw new SQLException("refused", "08001");
            }
            return fake(Connection.class, (of, given) -> switch (of) {
                case "prepareStatement" -> statement((String) given[0]);
                case "createArrayOf" -> fake(Array.class, (no, none) -> given[1]);
                default -> "closed";
            });
        });
    }

    private PreparedStatement statement(String sql) {
        var executions = new ArrayList<Long>();
        return fake(PreparedStatement.class, (method, arguments) -> switch (method) {
            case "setArray" -> executions.addAll(List.of((Long[]) ((Array) arguments[1]).getArray()));
            case "executeQuery" -> rows(unfinished.iterator());
            case "executeUpdate" -> update(sql, executions);
            default -> "closed";
        });
    }

    private static ResultSet rows(Iterator<Long> executions) {
        return fake(ResultSet.class, (method, arguments) -> switch (method) {
            case "next" -> executions.hasNext();
            case "getLong" -> executions.next();
            default -> "closed";
        });
    }

    private int update(String sql, List<Long> executions) throws SQLException {
        if (isUpdateRefused) {
            throw new SQLException("locked", "55P03");
        }
        var words = sql.split(" ", 4);
        done.add(words[0] + " " + words[words[0].equals("update") ? 1 : 2] + (executions.isEmpty() ? "" : executions));
        if (sql.startsWith("update job_execution")) {
            unfinished.removeAll(executions);
        }
        return executions.size();
    }

    @Test
    void sendsHeartbeatWhenNothingIsToBeDone() {
        unfinished.add(1L);
        known.add(1L);
        timer.beat();
        assertThat(done).containsExactly("beat");
    }

    @Test
    void retiresExecutionsOfLostNodesStepsFirst() {
        unfinished.addAll(List.of(1L, 2L));
        known.addAll(List.of(1L, 2L));
        lost.add(2L);
        timer.beat();
        assertThat(done).containsExactly("beat", "update step_execution[2]", "update job_execution[2]", "forget [2]");
        done.clear();
        timer.beat();
        assertThat(done).containsExactly("beat");
    }

    @Test
    void retiresExecutionThatItsNodeNeverRecorded() {
        unfinished.add(3L);
        timer.beat();
        assertThat(unfinished).isEmpty();
    }

    @Test
    void retriesExecutionThatCouldNotBeRetired() {
        unfinished.add(2L);
        known.add(2L);
        lost.add(2L);
        isUpdateRefused = true;
        timer.beat();
        assertThat(unfinished).containsExactly(2L);
        isUpdateRefused = false;
        timer.beat();
        assertThat(unfinished).isEmpty();
    }

    @Test
    void sendsHeartbeatWithoutJobRepository() {
        isRepositoryAway = true;
        timer.beat();
        timer.beat();
        assertThat(done).containsExactly("beat", "beat");
    }

    @Test
    void sendsNoHeartbeatBeforeReady() {
        readiness.stopping();
        timer.beat();
        timer.prune();
        assertThat(done).isEmpty();
    }

    @Test
    void deletesOldExecutionsBeforeTheirParents() {
        timer.prune();
        assertThat(done)
                .containsExactly(
                        "delete partition_execution",
                        "delete step_execution",
                        "delete job_execution",
                        "delete job_instance",
                        "prune nodes");
    }

    @Test
    void prunesNodesEvenIfExecutionsCannotBePruned() {
        isRepositoryAway = true;
        timer.prune();
        assertThat(done).containsExactly("prune nodes");
    }

    @Test
    void recordsStopOfNode() {
        timer.stop();
        assertThat(done).containsExactly("begin", "said", "commit");
    }

    @Test
    void stopsWithoutDatabase() {
        var sql = new Sql(fake(DataSource.class, (method, arguments) -> {
            throw new SQLException("refused", "08001");
        }));
        end = () -> Tenancy.in(Scope.WORK, () -> sql.update("update node set stopped_at = clock_timestamp()"));
        timer.stop();
        assertThat(done).containsExactly("begin", "rollback");
    }

    /** An open transaction would stay with the thread, which goes on to stop the rest of the server. */
    @Test
    void rollsBackOnAnyFailure() {
        end = () -> {
            throw new IllegalStateException("the server has no datasource");
        };
        timer.stop();
        assertThat(done).containsExactly("begin", "rollback");
    }

    @Test
    void stopsWhenTransactionCannotBeginOrCommit() {
        timer.transaction = transaction(name -> {
            throw new SystemException("stopping");
        });
        timer.stop();
        assertThat(done).containsExactly("begin");
        done.clear();
        timer.transaction = transaction(name -> {
            if (name.equals("commit")) {
                throw new RollbackException("connection lost");
            }
        });
        timer.stop();
        assertThat(done).containsExactly("begin", "said", "commit");
    }
}
