package io.tenantry.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.kernel.time.RealTimestamps;
import io.tenantry.tenancy.AdvisoryLock;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Work items of the entered tenant: written by the use case that decides on them, and held while they are processed. Joins the caller's
 * transaction, so that there is no decision without its work and no work without its decision. Times are the database's.
 */
@ApplicationScoped
public class WorkItems implements RealTimestamps {
    /** The key prefix of recurring items, which are never done; nothing waits for those. */
    public static final String ROUND = "round:";

    @Inject
    Sql sql;

    @Inject
    Settings settings;

    private Consumer<WorkItemQueued> written = event -> {};

    /** For the container. */
    public WorkItems() {}

    /** For use outside a container. */
    public WorkItems(Sql sql, Settings settings) {
        this.sql = sql;
        this.settings = settings;
    }

    @Inject
    void fireTo(Event<WorkItemQueued> event) {
        written = event::fire;
    }

    /** Queues work that is due as soon as the transaction ends; see {@link #write(String, String, UUID, Duration)}. */
    public boolean write(String kind, String key, UUID subject) {
        return write(kind, key, subject, Duration.ZERO);
    }

    /**
     * Queues work.
     *
     * @param kind the kind of the {@link WorkHandler}
     * @param key the idempotency key: a second item with it is not written
     * @param subject the id of its subject
     * @param pause how long to wait before it is due
     * @return whether it was written; false if the key was used before
     */
    public boolean write(String kind, String key, UUID subject, Duration pause) {
        var tenant = Tenancy.tenant();
        var unused = sql.one(
                "select 1 as one from (select pg_advisory_xact_lock_shared(?, hashtext(current_schema()))) l",
                row -> row.whole("one"),
                AdvisoryLock.WORK.space());
        var rows = sql.update("""
                insert into work.work_item (tenant, tenant_role, kind, key, subject, due_at)
                values (?, ?, ?, ?, ?, clock_timestamp() + ?::interval)
                on conflict on constraint work_item_key_uq do nothing
                """, tenant.value(), tenant.role(), kind, key, subject, pause.toString());
        if (rows == 1 && pause.isZero()) {
            written.accept(new WorkItemQueued());
        }
        return rows == 1;
    }

    /**
     * An item that waits for a person.
     *
     * @param since by the database's clock
     */
    public record Parked(long id, String kind, Instant since, String why) {}

    /** Returns the parked items of a subject, the oldest first. */
    public List<Parked> parked(UUID subject) {
        return sql.query(
                "select id, kind, parked_at, parked_reason from work.work_item where subject = ? and state = 'PARKED' order by id",
                row -> new Parked(row.big("id"), row.text("kind"), row.instant("parked_at"), row.text("parked_reason")),
                subject);
    }

    /** Makes a parked item due as soon as the transaction ends, as if it had never failed. Returns whether it was still parked. */
    public boolean resume(long id) {
        var rows = sql.update("""
                update work.work_item
                   set state = 'OPEN', due_at = clock_timestamp(), attempts = 0, fence = fence + 1, lease_until = null,
                       parked_at = null, parked_reason = null
                 where id = ? and state = 'PARKED'
                """, id);
        if (rows == 1) {
            written.accept(new WorkItemQueued());
            Signals.publish(sql, Signal.Kind.WORK, id);
        }
        return rows == 1;
    }

    /** Drops a parked item. Returns whether it was still parked. */
    public boolean drop(long id, String reason) {
        var rows = sql.update("""
                update work.work_item
                   set state = 'DROPPED', ended_at = clock_timestamp(), ended_reason = ?, fence = fence + 1, lease_until = null
                 where id = ? and state = 'PARKED'
                """, reason, id);
        if (rows == 1) {
            Signals.publish(sql, Signal.Kind.WORK, id);
        }
        return rows == 1;
    }

    /**
     * Whether the same work was queued for its subject again and is not done: then the later item handles the present request, and this one is
     * left over from a worker that died after completing it.
     */
    public boolean isPast(ClaimedWorkItem claimedWorkItem) {
        return sql.one(
                """
                select exists (select from work.work_item
                                where tenant = ?
                                  and kind = ?
                                  and subject = ?
                                  and id > ?
                                  and state in ('OPEN', 'PARKED')) as past
                """,
                row -> row.flag("past"),
                claimedWorkItem.tenant().value(),
                claimedWorkItem.kind(),
                claimedWorkItem.subject(),
                claimedWorkItem.id());
    }

    /**
     * Whether an earlier item of its subject is being processed right now: its holder may be about to request something that is now obsolete,
     * and work that undoes it has to come after.
     */
    public boolean isBehind(ClaimedWorkItem claimedWorkItem) {
        return sql.one(
                """
                select exists (select from work.work_item
                                where tenant = ?
                                  and kind = ?
                                  and subject = ?
                                  and id < ?
                                  and state = 'OPEN'
                                  and lease_until >= clock_timestamp()) as behind
                """,
                row -> row.flag("behind"),
                claimedWorkItem.tenant().value(),
                claimedWorkItem.kind(),
                claimedWorkItem.subject(),
                claimedWorkItem.id());
    }

    /**
     * Makes recurring work due at once, a {@linkplain #ROUND round}: it is written unless it exists, and if it waits for its next turn, the
     * wait ends.
     */
    public void soon(String kind, String key, UUID subject) {
        if (write(kind, key, subject)) {
            return;
        }
        var hastened = sql.update("""
                update work.work_item
                   set due_at = clock_timestamp()
                 where tenant = ?
                   and kind = ?
                   and key = ?
                   and state = 'OPEN'
                   and due_at > clock_timestamp()
                """, Tenancy.tenant().value(), kind, key);
        if (hastened == 1) {
            written.accept(new WorkItemQueued());
        }
    }

    /**
     * Renews the lease, and ensures that no other worker holds the item before this transaction has ended.
     *
     * @throws WorkItemLostException if another worker does, or it was given up; nothing may be written then
     */
    public void hold(ClaimedWorkItem claimedWorkItem) {
        var held = sql.update("""
                update work.work_item
                   set lease_until = clock_timestamp() + ?::interval
                 where id = ?
                   and fence = ?
                   and state = 'OPEN'
                """, settings.work().lease().toString(), claimedWorkItem.id(), claimedWorkItem.fence());
        if (held != 1) {
            throw new WorkItemLostException(claimedWorkItem);
        }
    }

    /** A lease stays as it is: its holder works in real time. */
    @Override
    public void age(Duration by) {
        var step = by.toString();
        sql.update("""
                update work.work_item
                   set written_at = written_at - ?::interval, due_at = due_at - ?::interval, claimed_at = claimed_at - ?::interval,
                       parked_at = parked_at - ?::interval, ended_at = ended_at - ?::interval
                 where tenant = ?
                """, step, step, step, step, step, Tenancy.tenant().value());
    }
}
