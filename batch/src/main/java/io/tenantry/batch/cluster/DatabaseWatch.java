package io.tenantry.batch.cluster;

import io.tenantry.health.Readiness;
import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * A watchdog that checks every five seconds whether the database is reachable, so that load balancers and alerts are notified when it is not,
 * and once whether the server has opened its job repository. It uses connections that no page uses: an exhausted pool is not an unreachable
 * database.
 */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DatabaseWatch {
    private static final System.Logger LOG = System.getLogger(DatabaseWatch.class.getName());
    private static final String NO_JOBS =
            "the job repository was not opened when the server started, for the reason in its log; start the server again";
    private static final int ANSWER_SECONDS_MAX = 3;

    @Resource(lookup = "java:/jdbc/tenantry-batch")
    DataSource database;

    @Inject
    Readiness readiness;

    /** Throws if there is no job repository. */
    Runnable jobs = () -> BatchRuntime.getJobOperator().getJobNames();

    private boolean isAway;
    private boolean hasJobs;

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false, info = "database reachability")
    void inspect() {
        if (!readiness.isReady()) {
            return;
        }
        if (!hasJobs && !readiness.isFailed()) {
            findJobs();
        }
        var reason = reason();
        if (isAway == reason.isEmpty()) {
            isAway = !isAway;
            readiness.databaseAway(isAway);
            if (isAway) {
                LOG.log(System.Logger.Level.WARNING, "the database cannot be reached: {0}", reason);
            } else {
                LOG.log(System.Logger.Level.INFO, "the database can be reached again");
            }
        }
    }

    /**
     * Looks for the job repository. The server opens it once, when it starts: if that failed, the repository stays unavailable, and this node
     * would charge nothing.
     */
    private void findJobs() {
        try {
            jobs.run();
            hasJobs = true;
        } catch (RuntimeException missing) {
            LOG.log(System.Logger.Level.ERROR, NO_JOBS, missing);
            readiness.failed(NO_JOBS);
        }
    }

    /** Returns the reason why it is not reachable; empty if it is. */
    private String reason() {
        try (var connection = database.getConnection()) {
            return connection.isValid(ANSWER_SECONDS_MAX) ? "" : "no answer within " + ANSWER_SECONDS_MAX + " s";
        } catch (SQLException failure) {
            var cause = failure.getCause();
            return cause == null
                    ? String.valueOf(failure.getMessage())
                    : failure.getMessage() + ": " + cause.getMessage();
        }
    }
}
