package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provisioning.ServiceTimeline;
import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The lives of options, each step with its event in the timeline of their server. Joins the caller's transaction. Locks are taken in one
 * order: the server, the option, the wallet.
 */
@ApplicationScoped
public class AddonRepository {
    /** Longer than this no vendor took to show what it had made. */
    static final Duration DELAY_MAX = Duration.ofMinutes(10);

    /** Two looks that find nothing count only if so much is between them. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final String NOTHING_WANTED = """
            wanted = null, pending_quantity = null, pending_price_id = null, pending_policy = null, pending_copy = '',
            asked_at = null, not_found_at = null, task = null, lost = 0, percent = 0
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public AddonRepository() {}

    /** For use outside a container. */
    AddonRepository(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** As it is now. */
    Addon read(UUID id) {
        return sql.first(Addon.QUERY, Addon::of, GRACE.toString(), id)
                .orElseThrow(() -> new NotFoundException("option", id));
    }

    /** As it is until the transaction ends; its server stays as it is for the timeline's sake. */
    Addon lock(UUID id) {
        return lock(id, "key share");
    }

    /** The same, and all of its server: for whoever goes on to other options of that. */
    Addon lockWithServer(UUID id) {
        return lock(id, "no key update");
    }

    private Addon lock(UUID id, String server) {
        sql.query(
                "select s.id from service s join addon o on o.service_id = s.id where o.id = ? for " + server + " of s",
                row -> row.uuid("id"),
                id);
        return sql.first(Addon.QUERY + " for no key update of o", Addon::of, GRACE.toString(), id)
                .orElseThrow(() -> new NotFoundException("option", id));
    }

    /** The vendor is about to be asked. */
    void ask(Addon option) {
        sql.update(
                "update addon set asked_at = clock_timestamp(), not_found_at = null, task = null, percent = 0 where id = ?",
                option.id());
    }

    /** The vendor has taken the question, and does it as that task. */
    void take(Addon option, String task) {
        sql.update("update addon set task = ? where id = ?", task, option.id());
    }

    /** The vendor says how far it is, and whoever waits sees it. */
    void reach(Addon option, int percent) {
        sql.update("update addon set percent = ? where id = ?", percent, option.id());
        Signals.publish(sql, Signal.Kind.SERVICE, option.organizationId());
    }

    /** The vendor surely did nothing. */
    void forget(Addon option) {
        sql.update(
                "update addon set asked_at = null, not_found_at = null, task = null, percent = 0 where id = ?",
                option.id());
    }

    /** A person has looked: its question is as old as if it had been put now, and none before it counts. */
    void waitAnew(Addon option) {
        sql.update("""
                update addon set asked_at = clock_timestamp(), not_found_at = null, lost = 0
                 where id = ? and asked_at is not null
                """, option.id());
    }

    /** One more question of which nobody knows what came. */
    void lose(Addon option) {
        sql.update("update addon set lost = lost + 1 where id = ?", option.id());
    }

    /** It was looked for and not found. */
    void miss(Addon option) {
        sql.update(
                "update addon set not_found_at = coalesce(not_found_at, clock_timestamp()) where id = ?", option.id());
    }

    /** It is there after all, and the vendor is asked to delete it. */
    void leave(Addon option) {
        sql.update("""
                update addon set asked_at = coalesce(asked_at, clock_timestamp()), not_found_at = null where id = ?
                """, option.id());
    }

    /** The vendor has made it, by that number. */
    void note(Addon option, String upstreamId) {
        sql.update("update addon set provider_ref = ? where id = ?", upstreamId, option.id());
    }

    /** That is what it is: an address has no other name. */
    void call(Addon option, String name) {
        sql.update("update addon set name = ? where id = ?", name, option.id());
    }

    /** What its server has before the vendor is asked for more: whatever else is there afterwards came of the question. */
    void remember(Addon option, List<String> beside) {
        sql.update("update addon set beside = ? where id = ?", beside.toArray(String[]::new), option.id());
    }

    /** It is there from that instant on. */
    void activate(Addon option, Instant at) {
        sql.update(
                "update addon set state = 'ACTIVE', activated_at = ?, " + NOTHING_WANTED + " where id = ?",
                at,
                option.id());
    }

    /** That is to be done about it. */
    void want(Addon option, Wanted wanted) {
        sql.update("update addon set wanted = ? where id = ?", wanted, option.id());
    }

    /** Nothing is to be done about it any more. */
    void settle(Addon option) {
        sql.update("update addon set " + NOTHING_WANTED + " where id = ?", option.id());
    }

    /** It is at its server, or at none. */
    void attach(Addon option, boolean isAttached) {
        sql.update("update addon set attached = ? where id = ?", isAttached, option.id());
    }

    /** It is as big as it was to become, at the price of that. */
    void grow(Addon option) {
        sql.update(
                "update addon set quantity = ?, price_version_id = ?, " + NOTHING_WANTED + " where id = ?",
                option.wantedQuantity(),
                option.wantedPriceId(),
                option.id());
    }

    /** Its server is copied as often as was wanted, at the price of that. */
    void follow(Addon backup) {
        sql.update(
                "update addon set policy = ?, price_version_id = ?, " + NOTHING_WANTED + " where id = ?",
                backup.wantedPolicy().orElse(null),
                backup.wantedPriceId(),
                backup.id());
    }

    /** It is so big, at the price of that. */
    void weigh(Addon option, int quantity, UUID priceVersionId) {
        sql.update(
                "update addon set quantity = ?, price_version_id = ? where id = ?",
                quantity,
                priceVersionId,
                option.id());
    }

    /** It is over at that instant, or it is charged no more and on its way out. */
    void end(Addon option, State last, Instant at) {
        sql.update(
                "update addon set state = ?, ended_at = coalesce(ended_at, ?), attached = false, " + NOTHING_WANTED
                        + " where id = ?",
                last,
                at,
                option.id());
        if (last != State.TERMINATING) {
            sql.update("delete from addon_restore_point where option_id = ?", option.id());
        }
    }

    /** It never came to be, and will not; the words are the vendor's, for staff. */
    void fail(Addon option, Instant at, String words) {
        end(option, State.FAILED, at);
        sql.update("update addon set failure = ? where id = ?", words, option.id());
    }

    /** The organization's members are told that nothing came of an order, also who ordered. */
    void tellMembers(Addon option) {
        var by = sql.first(
                        """
                        select actor from service_event
                         where service_id = ? and what = ? and facts ->> 'option' = ?
                         order by id desc
                         limit 1
                        """,
                        row -> row.text("actor"),
                        option.serviceId(),
                        option.kind().step() + "_ordered",
                        option.name())
                .orElse("");
        var path = option.kind() == AddonType.BACKUP
                ? "service-copies?id=" + option.serviceId()
                : option.kind().word() + "?id=" + option.id();
        var kind = Notification.Kind.SERVICE_FAILED;
        var notification = new Notification(kind, option.name(), by, path, kind + ":" + option.id());
        Notifications.tellMembers(sql, option.organizationId(), Permission.VPS_VIEW, notification, clock.instant());
    }

    /** A line in the timeline of its server, which customer and staff see. */
    void tell(Addon option, String what) {
        tell(option, what, "");
    }

    /** The same, with a reason. */
    void tell(Addon option, String what, String reason) {
        ServiceTimeline.record(
                sql,
                option.serviceId(),
                option.organizationId(),
                clock.instant(),
                option.kind().step() + "_" + what,
                reason.isEmpty() ? Map.of("option", option.name()) : Map.of("option", option.name(), "reason", reason));
    }
}
