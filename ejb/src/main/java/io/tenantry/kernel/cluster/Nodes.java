package io.tenantry.kernel.cluster;

import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** The servers that are alive. One that has given no sign for a minute counts as lost, unless it has said that it stops ({@link NodeShutdown}). */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Nodes {
    /** This start of this server; another start is another. */
    static final UUID BOOT = UUID.randomUUID();

    @Inject
    Sql sql;

    @Inject
    MovableClock clock;

    @Inject
    Settings settings;

    /**
     * A node.
     *
     * @param skew how far its clock is ahead of the database's
     */
    public record Node(String name, Instant startedAt, Instant seenAt, State state, Duration skew) {
        public boolean isAlive() {
            return state == State.ALIVE;
        }

        /** Whether it vanished without a word. */
        public boolean isLost() {
            return state == State.LOST;
        }
    }

    /** What has become of a server. */
    public enum State {
        /** It has given a sign within the last minute. */
        ALIVE,
        /** It was stopped. */
        STOPPED,
        /** It has given no sign for a minute. */
        LOST
    }

    /** Writes the heartbeat of this node. */
    public void beat() {
        Tenancy.in(Scope.WORK, () -> sql.update("""
                        insert into node (name, boot, skew_ms)
                        values (?, ?, (extract(epoch from ?::timestamptz - clock_timestamp()) * 1000)::bigint)
                        on conflict (name, boot) do update set seen_at = excluded.seen_at, skew_ms = excluded.skew_ms
                        """, settings.node(), BOOT, clock.real()));
    }

    /** Records that this node has started a batch execution. */
    public void started(long execution, String job) {
        beat();
        Tenancy.in(Scope.WORK, () -> sql.update("""
                        insert into job_execution (execution_id, job, node, boot) values (?, ?, ?, ?)
                        on conflict (execution_id) do update set job = excluded.job, node = excluded.node, boot = excluded.boot
                        """, execution, job, settings.node(), BOOT));
    }

    /** Returns the executions started by nodes that are lost. */
    public List<Long> executionsOfLostNodes() {
        return Tenancy.in(Scope.WORK, () -> sql.query("""
                        select e.execution_id
                          from job_execution e
                          left join node n on n.name = e.node and n.boot = e.boot
                         where n.seen_at is null
                            or n.seen_at < clock_timestamp() - interval '1 minute'
                        """, row -> row.big("execution_id")));
    }

    /** Returns those of the executions that no node has recorded: theirs died between starting and recording them. */
    public List<Long> unknown(List<Long> executions) {
        return executions.isEmpty()
                ? List.of()
                : Tenancy.in(
                        Scope.WORK,
                        () -> sql.query(
                                """
                                select e.id
                                  from unnest(string_to_array(?, ',')::bigint[]) as e (id)
                                 where not exists (select from job_execution k where k.execution_id = e.id)
                                """,
                                row -> row.big("id"),
                                executions.stream().map(String::valueOf).collect(Collectors.joining(","))));
    }

    /** Deletes the records of executions that have been retired. */
    public void forget(List<Long> executions) {
        Tenancy.in(Scope.WORK, () -> {
            for (var execution : executions) {
                sql.update("delete from job_execution where execution_id = ?", execution);
            }
            return executions.size();
        });
    }

    /** Deletes nodes that have been gone for a week. */
    public void prune() {
        Tenancy.in(
                Scope.WORK, () -> sql.update("delete from node where seen_at < clock_timestamp() - interval '7 days'"));
    }

    /** Returns the names of the servers that are alive. */
    public List<String> alive() {
        return Tenancy.in(Scope.WORK, () -> sql.query("""
                        select distinct name
                          from node
                         where stopped_at is null and seen_at > clock_timestamp() - interval '1 minute'
                         order by name
                        """, row -> row.text("name")));
    }

    /** All servers known, those alive first; of those that were stopped, the ones of the last day. */
    public List<Node> all() {
        return Tenancy.in(
                Scope.WORK,
                () -> sql.query(
                        """
                        select name, started_at, seen_at, skew_ms,
                               case when stopped_at is not null then 'STOPPED'
                                    when seen_at > clock_timestamp() - interval '1 minute' then 'ALIVE'
                                    else 'LOST' end as state
                          from node
                         where stopped_at is null
                            or stopped_at > clock_timestamp() - interval '1 day'
                         order by stopped_at is null and seen_at > clock_timestamp() - interval '1 minute' desc,
                                  seen_at desc, name, boot
                         limit 100
                        """,
                        row -> new Node(
                                row.text("name"),
                                row.instant("started_at"),
                                row.instant("seen_at"),
                                State.valueOf(row.text("state")),
                                Duration.ofMillis(row.big("skew_ms")))));
    }
}
