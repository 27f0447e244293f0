package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The calls to providers for services, recorded before they are made, so that after a crash it is known that a server may have been created. At
 * most one call per service and step is open. Joins the caller's transaction; times are the database's.
 */
@ApplicationScoped
public class ProviderCalls {
    /** The purpose of a call. */
    enum Step {
        CREATE,
        DELETE,
        POWER,
        RESIZE,
        REBUILD,
        /** Start into the rescue system. */
        RESCUE,
        /** Start from the server's own disk. */
        LEAVE_RESCUE,
        /** Naming of an address. */
        NAME,
        /** Isolation from the network, or its end. */
        NETWORK
    }

    /** The result of a call. */
    enum Result {
        /** Unknown yet. */
        SENT,
        /** Unknown: the call may have been carried out. */
        UNKNOWN,
        DONE,
        /** Certainly not carried out. */
        REFUSED,
        /** The result was looked for long enough, and does not exist. */
        NOT_FOUND
    }

    /** The longest time that any provider takes to list what it has created. */
    static final Duration DELAY_MAX = Duration.ofMinutes(10);

    /** Minimum time between two lookups that find nothing, for both to count. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final String LATEST = """
            select c.attempt, c.ended_at is null as open, c.action, c.task,
                   extract(epoch from clock_timestamp() - c.sent_at)::bigint as seconds,
                   c.sent_at < clock_timestamp() - ?::interval as old,
                   coalesce(c.not_found_at < clock_timestamp() - ?::interval, false) as missed_before,
                   (select count(*)::int
                      from provider_call l
                     where l.service_id = c.service_id and l.step = c.step and l.outcome = 'NOT_FOUND') as lost
              from provider_call c
             where c.service_id = ?
               and c.step = ?
             order by c.attempt desc
             limit 1
            """;

    @Inject
    Sql sql;

    /** For the container. */
    public ProviderCalls() {}

    /** For use outside a container. */
    public ProviderCalls(Sql sql) {
        this.sql = sql;
    }

    /**
     * A call.
     *
     * @param isOpen whether its result is unknown
     * @param age time since the call
     * @param isOld whether it is older than the delay of any provider
     * @param isMissed whether a lookup did not find its result at least one grace period ago
     * @param lost number of calls of its step that came to nothing
     * @param what the action, if the step has several
     * @param task the provider's task, once it has accepted the call
     */
    record Call(
            int attempt,
            boolean isOpen,
            Duration age,
            boolean isOld,
            boolean isMissed,
            int lost,
            String what,
            Optional<String> task) {}

    /**
     * A call as shown to staff.
     *
     * @param step such as {@code CREATE}; for a step with several actions the action itself, such as {@code OFF}
     */
    public record CallView(String step, int attempt, String result, Instant sentAt, String words) {}

    /** Returns the latest call. */
    Optional<Call> latest(UUID serviceId, Step step) {
        return sql.first(LATEST, ProviderCalls::call, DELAY_MAX.toString(), GRACE.toString(), serviceId, step);
    }

    /** Records that a call is about to be made. */
    void announce(UUID serviceId, Step step, int attempt) {
        announce(serviceId, step, attempt, "");
    }

    /** Records that a call for one action of a step is about to be made. */
    void announce(UUID serviceId, Step step, int attempt, String what) {
        sql.update(
                "insert into provider_call (service_id, step, attempt, resource_tag, action) values (?, ?, ?, ?, ?)",
                serviceId,
                step,
                attempt,
                new ResourceTag(serviceId).text(),
                what);
    }

    /**
     * Records that the provider is about to be asked again, for the same or another action; an earlier call is closed, regardless of its
     * result.
     */
    void announceNext(UUID serviceId, Step step, String what) {
        end(serviceId, step, Result.NOT_FOUND, "");
        announce(serviceId, step, latest(serviceId, step).map(Call::attempt).orElse(0) + 1, what);
    }

    /** Records that the provider has accepted the open call as that task. */
    void take(UUID serviceId, Step step, String task) {
        sql.update(
                "update provider_call set task = ? where service_id = ? and step = ? and ended_at is null",
                task,
                serviceId,
                step);
    }

    /** Whether a server was requested so recently, with an unknown result, that it may still appear. */
    boolean mayAppear(UUID serviceId) {
        return sql.one("""
                select exists (select from provider_call
                                where service_id = ?
                                  and step = 'CREATE'
                                  and outcome = 'NOT_FOUND'
                                  and sent_at > clock_timestamp() - ?::interval) as yet
                """, row -> row.flag("yet"), serviceId, DELAY_MAX.toString());
    }

    /**
     * Whether a call ended without a known result, and no later one was reported as done: the provider may have carried it out nevertheless.
     */
    boolean isLost(UUID serviceId, Step step) {
        return sql.one("""
                select exists (select from provider_call l
                                where l.service_id = ?
                                  and l.step = ?
                                  and l.outcome = 'NOT_FOUND'
                                  and not exists (select from provider_call d
                                                   where d.service_id = l.service_id
                                                     and d.step = l.step
                                                     and d.outcome = 'DONE'
                                                     and d.attempt > l.attempt)) as lost
                """, row -> row.flag("lost"), serviceId, step);
    }

    /** Closes the open call, if any, with a known result. */
    void end(UUID serviceId, Step step, Result result, String words) {
        sql.update("""
                update provider_call set outcome = ?, message = ?, ended_at = clock_timestamp()
                 where service_id = ? and step = ? and ended_at is null
                """, result, words, serviceId, step);
    }

    /** Records that the result of the open call is unknown. */
    void doubt(UUID serviceId, Step step, String words) {
        sql.update(
                "update provider_call set outcome = ?, message = ? where service_id = ? and step = ? and ended_at is null",
                Result.UNKNOWN,
                words,
                serviceId,
                step);
    }

    /** Records that a lookup did not find the result of the open call. */
    void miss(UUID serviceId, Step step) {
        sql.update("""
                update provider_call set not_found_at = coalesce(not_found_at, clock_timestamp())
                 where service_id = ? and step = ? and ended_at is null
                """, serviceId, step);
    }

    /** Records that the result exists after all. */
    void find(UUID serviceId, Step step) {
        sql.update(
                "update provider_call set not_found_at = null where service_id = ? and step = ? and ended_at is null",
                serviceId,
                step);
    }

    /** Returns all calls of a service, the latest first. */
    List<CallView> of(UUID serviceId) {
        return sql.query(
                """
                select coalesce(nullif(action, ''), step) as step, attempt, outcome, sent_at, message
                  from provider_call
                 where service_id = ?
                 order by id desc
                 limit 50
                """,
                row -> new CallView(
                        row.text("step"),
                        row.whole("attempt"),
                        row.text("outcome"),
                        row.instant("sent_at"),
                        row.text("message")),
                serviceId);
    }

    private static Call call(Row row) {
        return new Call(
                row.whole("attempt"),
                row.flag("open"),
                Duration.ofSeconds(row.big("seconds")),
                row.flag("old"),
                row.flag("missed_before"),
                row.whole("lost"),
                row.text("action"),
                row.maybeText("task"));
    }
}
