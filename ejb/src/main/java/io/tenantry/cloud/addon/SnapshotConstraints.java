package io.tenantry.cloud.addon;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** What there is beside a snapshot that is wanted. Joins the caller's transaction. */
@ApplicationScoped
public class SnapshotConstraints {
    /** More than that one server does not have at the same time. */
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
     * What a server has already.
     *
     * @param isBackedUp whether its backups are on
     * @param isMoving whether one is being made
     * @param isPutBack whether it is being put back to something that it was
     * @param isTurning whether its backups are to be taken as often as another policy says
     * @param count of snapshots that cost, or will, or are on their way out
     */
    record Others(boolean isBackedUp, boolean isMoving, boolean isPutBack, boolean isTurning, int count) {}

    /** What the server has. */
    Others others(UUID serviceId) {
        return sql.one(
                """
                select coalesce(bool_or(kind = 'BACKUP' and state = 'ACTIVE'), false) as backed_up,
                       coalesce(bool_or(kind = 'SNAPSHOT' and state = 'ORDERED'), false) as moving,
                       coalesce(bool_or(wanted = 'RESTORE'), false) as put_back,
                       coalesce(bool_or(wanted = 'POLICY'), false) as turning,
                       (count(*) filter (where kind = 'SNAPSHOT'))::int as n
                  from addon
                 where service_id = ? and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                """,
                row -> new Others(
                        row.flag("backed_up"),
                        row.flag("moving"),
                        row.flag("put_back"),
                        row.flag("turning"),
                        row.whole("n")),
                serviceId);
    }

    /** Whether the server is in its rescue system: then it is not put back to anything, which would start it from its disk. */
    boolean isRescued(UUID serviceId) {
        return sql.one(
                "select rescue is not null as rescued from service where id = ?",
                row -> row.flag("rescued"),
                serviceId);
    }
}
