package io.tenantry.batch.cluster;

import io.tenantry.health.Readiness;
import io.tenantry.kernel.cluster.NodeShutdown;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.tenancy.DatabaseUnavailable;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * A timer that sends this node's heartbeat, and retires the batch executions of nodes without one: the batch framework itself would list them
 * as running forever. A heartbeat does not wait for the clean-up.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class NodeTimer {
    private static final System.Logger LOG = System.getLogger(NodeTimer.class.getName());
    private static final String UNFINISHED = "('STARTING', 'STARTED', 'STOPPING')";

    @Resource(lookup = "java:/jdbc/tenantry-batch")
    DataSource repository;

    /** Declared so that the server closes it only after this bean: {@link #stop} needs it. */
    @Resource(lookup = "java:/jdbc/tenantry")
    DataSource tenants;

    @Resource
    UserTransaction transaction;

    @Inject
    Nodes nodes;

    @Inject
    NodeShutdown end;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false, info = "node heartbeat")
    void beat() {
        if (!readiness.isReady()) {
            return;
        }
        nodes.beat();
        var lost = new ArrayList<>(nodes.executionsOfLostNodes());
        lost.addAll(nodes.unknown(unfinished()));
        if (!lost.isEmpty()) {
            retire(lost.toArray(Long[]::new));
            nodes.forget(lost);
        }
    }

    /** A node that dies, or whose database is away, does not get to say so: it counts as lost after a minute. */
    @PreDestroy
    void stop() {
        try {
            transaction.begin();
            try {
                end.record();
                transaction.commit();
            } catch (RuntimeException failure) {
                transaction.rollback();
                throw failure;
            }
        } catch (RuntimeException
                | NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException failure) {
            LOG.log(System.Logger.Level.INFO, "the end of this node was not recorded: {0}", failure.getMessage());
        }
    }

    /** Executions are a log, not the truth: what is a week old is of no use. */
    @Schedule(hour = "*", minute = "17", second = "30", persistent = false, info = "retention of executions")
    void prune() {
        if (!readiness.isReady()) {
            return;
        }
        run(
                "delete from partition_execution where stepexecutionid in (select stepexecutionid from step_execution s"
                        + " join job_execution e on e.jobexecutionid = s.jobexecutionid where e.endtime < now() - interval '7 days')");
        run("delete from step_execution where jobexecutionid in"
                + " (select jobexecutionid from job_execution where endtime < now() - interval '7 days')");
        run("delete from job_execution where endtime < now() - interval '7 days'");
        run("delete from job_instance i where not exists"
                + " (select from job_execution e where e.jobinstanceid = i.jobinstanceid)");
        nodes.prune();
    }

    /** Returns the executions that are listed as running, except those of the last minute: their node may not have recorded them yet. */
    private List<Long> unfinished() {
        try (var connection = repository.getConnection();
                var statement =
                        connection.prepareStatement("select jobexecutionid from job_execution where batchstatus in "
                                + UNFINISHED + " and createtime < now() - interval '1 minute'");
                var rows = statement.executeQuery()) {
            var executions = new ArrayList<Long>();
            while (rows.next()) {
                executions.add(rows.getLong(1));
            }
            return executions;
        } catch (SQLException failure) {
            DatabaseUnavailable.report(LOG, "the job repository was not read", failure);
            return List.of();
        }
    }

    private void retire(Long[] executions) {
        var retired = 0;
        for (var table : new String[] {"step_execution", "job_execution"}) {
            retired = run(
                    "update " + table + " set batchstatus = 'FAILED', exitstatus = 'node lost', endtime = now()"
                            + " where jobexecutionid = any (?) and batchstatus in " + UNFINISHED,
                    executions);
        }
        if (retired > 0) {
            LOG.log(System.Logger.Level.WARNING, "retired executions of lost nodes count=" + retired);
        }
    }

    private int run(String sql, Long... executions) {
        try (var connection = repository.getConnection();
                var statement = connection.prepareStatement(sql)) {
            if (executions.length > 0) {
                statement.setArray(1, connection.createArrayOf("bigint", executions));
            }
            return statement.executeUpdate();
        } catch (SQLException failure) {
            DatabaseUnavailable.report(LOG, "the job repository was not cleared up", failure);
            return 0;
        }
    }
}
