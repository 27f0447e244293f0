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
 * What vendors were asked for services, written down before they are: so that whoever comes after a death knows that a server may have
 * been made. At most one call of a service and step is open. Joins the caller's transaction; times are the database's.
 */
@ApplicationScoped
public class ProviderCalls {
    /** What is asked of a vendor. */
    enum Step {
        CREATE,
        DELETE,
        POWER,
        RESIZE,
        REBUILD,
        /** To start its rescue system. */
        RESCUE,
        /** To start it from its own disk again. */
        RETURN,
        /** To name an address. */
        NAME,
        /** To cut it off from its network, or to give that back. */
        NETWORK
    }

    /** What came of a call. */
    enum Result {
        /** Nothing is known yet. */
        SENT,
        /** It may have been done or not. */
        UNKNOWN,
        DONE,
        /** The vendor surely did not. */
        REFUSED,
        /** It was looked for long enough, and there is nothing. */
        NOTHING
    }

    /** Longer than this no vendor took to show what it had made. */
    static final Duration DELAY_MAX = Duration.ofMinutes(10);

    /** Two looks that find nothing count only if so much is between them. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final String LATEST = """
            select c.attempt, c.ended_at is null as open, c.what, c.task,
                   extract(epoch from clock_timestamp() - c.sent_at)::bigint as seconds,
                   c.sent_at < clock_timestamp() - ?::interval as old,
                   coalesce(c.not_found_at < clock_timestamp() - ?::interval, false) as missed_before,
                   (select count(*)::int
                      from provider_call l
                     where l.service_id = c.service_id and l.step = c.step and l.outcome = 'NOTHING') as lost
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
     * @param isOpen nobody knows what came of it
     * @param age how long ago
     * @param isOld longer ago than any vendor's delay
     * @param isMissed it was looked for and not found, a grace ago at least
     * @param lost how many of its step came to nothing
     * @param what which of the step's things, if there are several
     * @param task the vendor's, once it has taken the call
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
     * A call as staff see it.
     *
     * @param step such as {@code CREATE}; of several things the thing itself, such as {@code OFF}
     */
    public record Shown(String step, int attempt, String result, Instant sentAt, String words) {}

    /** The last one. */
    Optional<Call> latest(UUID serviceId, Step step) {
        return sql.first(LATEST, ProviderCalls::call, DELAY_MAX.toString(), GRACE.toString(), serviceId, step);
    }

    /** About to be made. */
    void announce(UUID serviceId, Step step, int attempt) {
        announce(serviceId, step, attempt, "");
    }

    /** One of a step's several things is about to be asked for. */
    void announce(UUID serviceId, Step step, int attempt, String what) {
        sql.update(
                "insert into provider_call (service_id, step, attempt, mark, what) values (?, ?, ?, ?, ?)",
                serviceId,
                step,
                attempt,
                new ResourceTag(serviceId).text(),
                what);
    }

    /** The vendor is about to be asked again, for this or something else; an earlier question is over, whatever came of it. */
    void announceNext(UUID serviceId, Step step, String what) {
        end(serviceId, step, Result.NOTHING, "");
        announce(serviceId, step, latest(serviceId, step).map(Call::attempt).orElse(0) + 1, what);
    }

    /** The vendor has taken the open one, and does it as that task. */
    void take(UUID serviceId, Step step, String task) {
        sql.update(
                "update provider_call set task = ? where service_id = ? and step = ? and ended_at is null",
                task,
                serviceId,
                step);
    }

    /** Whether a server was asked for so lately, and nobody could tell what came of it, that it may appear yet. */
    boolean mayAppear(UUID serviceId) {
        return sql.one("""
                select exists (select from provider_call
                                where service_id = ?
                                  and step = 'CREATE'
                                  and outcome = 'NOTHING'
                                  and sent_at > clock_timestamp() - ?::interval) as yet
                """, row -> row.flag("yet"), serviceId, DELAY_MAX.toString());
    }

    /** Whether one came to nothing that anybody heard of, and none was told to be done since: the vendor may have done it all the same. */
    boolean isLost(UUID serviceId, Step step) {
        return sql.one("""
                select exists (select from provider_call l
                                where l.service_id = ?
                                  and l.step = ?
                                  and l.outcome = 'NOTHING'
                                  and not exists (select from provider_call d
                                                   where d.service_id = l.service_id
                                                     and d.step = l.step
                                                     and d.outcome = 'DONE'
                                                     and d.attempt > l.attempt)) as lost
                """, row -> row.flag("lost"), serviceId, step);
    }

    /** It is known what came of the open one; none need be open. */
    void end(UUID serviceId, Step step, Result result, String words) {
        sql.update("""
                update provider_call set outcome = ?, words = ?, ended_at = clock_timestamp()
                 where service_id = ? and step = ? and ended_at is null
                """, result, words, serviceId, step);
    }

    /** Nobody can tell what came of the open one. */
    void doubt(UUID serviceId, Step step, String words) {
        sql.update(
                "update provider_call set outcome = ?, words = ? where service_id = ? and step = ? and ended_at is null",
                Result.UNKNOWN,
                words,
                serviceId,
                step);
    }

    /** It was looked for what the open one made, and nothing was found. */
    void miss(UUID serviceId, Step step) {
        sql.update("""
                update provider_call set not_found_at = coalesce(not_found_at, clock_timestamp())
                 where service_id = ? and step = ? and ended_at is null
                """, serviceId, step);
    }

    /** What was looked for is there after all. */
    void find(UUID serviceId, Step step) {
        sql.update(
                "update provider_call set not_found_at = null where service_id = ? and step = ? and ended_at is null",
                serviceId,
                step);
    }

    /** All of a service, the latest first. */
    List<Shown> of(UUID serviceId) {
        return sql.query(
                """
                select coalesce(nullif(what, ''), step) as step, attempt, outcome, sent_at, words
                  from provider_call
                 where service_id = ?
                 order by id desc
                 limit 50
                """,
                row -> new Shown(
                        row.text("step"),
                        row.whole("attempt"),
                        row.text("outcome"),
                        row.instant("sent_at"),
                        row.text("words")),
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
                row.text("what"),
                row.maybeText("task"));
    }
}
