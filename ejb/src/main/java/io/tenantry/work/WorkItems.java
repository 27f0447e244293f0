package io.tenantry.work;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Work of the entered tenant: written down by what decides it, and held while something of it is done. Joins the caller's
 * transaction, so that there is no decision without its work and no work without its decision. Times are the database's.
 */
@ApplicationScoped
public class WorkItems {
    @Inject
    Sql sql;

    @Inject
    Settings settings;

    private Consumer<WorkWritten> written = event -> {};

    /** For the container. */
    public WorkItems() {}

    /** For use outside a container. */
    public WorkItems(Sql sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    @Inject
    void tell(Event<WorkWritten> event) {
        written = event::fire;
    }

    /** Has something done as soon as the transaction ends; see {@link #write(String, String, UUID, Duration)}. */
    public boolean write(String kind, String key, UUID subject) {
        return write(kind, key, subject, Duration.ZERO);
    }

    /**
     * Has something done.
     *
     * @param kind of the {@link Worker}
     * @param key what is written a second time under it is not done again
     * @param subject what it is about
     * @param pause how long to leave it alone
     * @return whether it was written; false if the key was used before
     */
    public boolean write(String kind, String key, UUID subject, Duration pause) {
        var tenant = Tenancy.tenant();
        var rows = sql.update("""
                insert into work.work_item (tenant, tenant_role, kind, key, subject, due_at)
                values (?, ?, ?, ?, ?, clock_timestamp() + ?::interval)
                on conflict on constraint work_item_key_uq do nothing
                """, tenant.value(), tenant.role(), kind, key, subject, pause.toString());
        if (rows == 1 && pause.isZero()) {
            written.accept(new WorkWritten());
        }
        return rows == 1;
    }

    /**
     * Renews the lease, and makes sure that nobody else holds the item before this transaction has ended.
     *
     * @throws WorkTaken if somebody else does, or it was given up; nothing may be written then
     */
    public void hold(Work work) {
        var held = sql.update("""
                update work.work_item
                   set lease_until = clock_timestamp() + ?::interval
                 where id = ?
                   and fence = ?
                   and state = 'OPEN'
                """, settings.workLease().toString(), work.id(), work.fence());
        if (held != 1) {
            throw new WorkTaken(work);
        }
    }
}
