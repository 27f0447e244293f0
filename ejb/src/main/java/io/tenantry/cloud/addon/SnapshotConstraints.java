package io.tenantry.cloud.addon;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The circumstances that constrain a snapshot. Joins the caller's transaction. */
@ApplicationScoped
public class SnapshotConstraints {
    /** The maximum number of snapshots of a server at one time. */
    static final int SNAPSHOTS_MAX = 10;

    @Inject
    Sql sql;

    /** For the container. */
    public SnapshotConstraints() {}

    /** For use outside a container. */
    SnapshotConstraints(Sql sql) {
        this.sql = sql;
    }

    /**
     * The state of a server as far as snapshots depend on it.
     *
     * @param isBackedUp whether its backups are on
     * @param isMoving whether a snapshot is being taken
     * @param isPutBack whether it is being restored
     * @param isTurning whether its backup frequency is being changed
     * @param count of snapshots that are or will be charged or are being deleted
     */
    record SnapshotState(boolean isBackedUp, boolean isMoving, boolean isPutBack, boolean isTurning, int count) {}

    /** Returns the state of a server. */
    SnapshotState others(UUID serviceId) {
        return sql.one(
                """
                select coalesce(bool_or(kind = 'BACKUP' and state = 'ACTIVE'), false) as backed_up,
                       coalesce(bool_or(kind = 'SNAPSHOT' and state = 'ORDERED'), false) as moving,
                       coalesce(bool_or(pending_action = 'RESTORE'), false) as put_back,
                       coalesce(bool_or(pending_action = 'POLICY'), false) as turning,
                       (count(*) filter (where kind = 'SNAPSHOT'))::int as n
                  from addon
                 where service_id = ? and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """,
                row -> new SnapshotState(
                        row.flag("backed_up"),
                        row.flag("moving"),
                        row.flag("put_back"),
                        row.flag("turning"),
                        row.whole("n")),
                serviceId);
    }

    /** Whether the server is in its rescue system: it is then not restored, which would start it from its disk. */
    boolean isRescued(UUID serviceId) {
        return sql.one(
                "select rescue is not null as rescued from service where id = ?",
                row -> row.flag("rescued"),
                serviceId);
    }
}
