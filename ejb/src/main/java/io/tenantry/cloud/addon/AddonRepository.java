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
 * Stores the lifecycle of add-ons, each step with its event in the timeline of their server. Joins the caller's transaction. Locks are taken in
 * one order: the server, the add-on, the wallet.
 */
@ApplicationScoped
public class AddonRepository {
    /** The longest time that any provider takes to list what it has created. */
    static final Duration DELAY_MAX = Duration.ofMinutes(10);

    /** Minimum time between two lookups that find nothing, for both to count. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private static final String NOTHING_WANTED = """
            pending_action = null, pending_quantity = null, pending_price_id = null, pending_policy = null, pending_restore_point = '',
            requested_at = null, not_found_at = null, task = null, lost = 0, percent = 0
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

    /** Reads the current state. */
    Addon read(UUID id) {
        return sql.first(Addon.QUERY, Addon::of, GRACE.toString(), id)
                .orElseThrow(() -> new NotFoundException("addon", id));
    }

    /** Locks an add-on until the transaction ends, and its server as far as the timeline needs it. */
    Addon lock(UUID id) {
        return lock(id, "key share");
    }

    /** Locks an add-on and its whole server, for callers that continue with other add-ons of the server. */
    Addon lockWithServer(UUID id) {
        return lock(id, "no key update");
    }

    private Addon lock(UUID id, String server) {
        sql.query(
                "select s.id from service s join addon o on o.service_id = s.id where o.id = ? for " + server + " of s",
                row -> row.uuid("id"),
                id);
        return sql.first(Addon.QUERY + " for no key update of o", Addon::of, GRACE.toString(), id)
                .orElseThrow(() -> new NotFoundException("addon", id));
    }

    /** Records that the provider is about to be asked. */
    void ask(Addon option) {
        sql.update(
                "update addon set requested_at = clock_timestamp(), not_found_at = null, task = null, percent = 0 where id = ?",
                option.id());
    }

    /** Records that the provider has accepted the request as that task. */
    void take(Addon option, String task) {
        sql.update("update addon set task = ? where id = ?", task, option.id());
    }

    /** Records the progress that the provider reports, which is shown to people who wait. */
    void reach(Addon option, int percent) {
        sql.update("update addon set percent = ? where id = ?", percent, option.id());
        Signals.publish(sql, Signal.Kind.SERVICE, option.organizationId());
    }

    /** Records that the provider certainly did nothing. */
    void forget(Addon option) {
        sql.update(
                "update addon set requested_at = null, not_found_at = null, task = null, percent = 0 where id = ?",
                option.id());
    }

    /** Restarts the waiting time after a review by staff: the open request counts as sent now, and none before it counts. */
    void restartWait(Addon option) {
        sql.update("""
                update addon set requested_at = clock_timestamp(), not_found_at = null, lost = 0
                 where id = ? and requested_at is not null
                """, option.id());
    }

    /** Counts one more request whose result is unknown. */
    void lose(Addon option) {
        sql.update("update addon set lost = lost + 1 where id = ?", option.id());
    }

    /** Records that a lookup did not find it. */
    void miss(Addon option) {
        sql.update(
                "update addon set not_found_at = coalesce(not_found_at, clock_timestamp()) where id = ?", option.id());
    }

    /** Records that it exists after all and that the provider is asked to delete it. */
    void leave(Addon option) {
        sql.update("""
                update addon set requested_at = coalesce(requested_at, clock_timestamp()), not_found_at = null where id = ?
                """, option.id());
    }

    /** Records that the provider has created it, with that ID. */
    void note(Addon option, String upstreamId) {
        sql.update("update addon set provider_ref = ? where id = ?", upstreamId, option.id());
    }

    /** Names an add-on by what it is: an address has no other name. */
    void call(Addon option, String name) {
        sql.update("update addon set name = ? where id = ?", name, option.id());
    }

    /** Records the server's addresses before the provider is asked for another one: an address that appears later results from the request. */
    void remember(Addon option, List<String> previousAddresses) {
        sql.update(
                "update addon set known_addresses = ? where id = ?",
                previousAddresses.toArray(String[]::new),
                option.id());
    }

    /** Marks it active from that instant on. */
    void activate(Addon option, Instant at) {
        sql.update(
                "update addon set state = 'ACTIVE', activated_at = ?, " + NOTHING_WANTED + " where id = ?",
                at,
                option.id());
    }

    /** Requests a change. */
    void want(Addon option, Wanted wanted) {
        sql.update("update addon set pending_action = ? where id = ?", wanted, option.id());
    }

    /** Clears the requested change. */
    void settle(Addon option) {
        sql.update("update addon set " + NOTHING_WANTED + " where id = ?", option.id());
    }

    /** Marks it attached to its server, or detached. */
    void attach(Addon option, boolean isAttached) {
        sql.update("update addon set attached = ? where id = ?", isAttached, option.id());
    }

    /** Applies the requested size and its price. */
    void grow(Addon option) {
        sql.update(
                "update addon set quantity = ?, price_version_id = ?, " + NOTHING_WANTED + " where id = ?",
                option.wantedQuantity(),
                option.wantedPriceId(),
                option.id());
    }

    /** Applies the requested backup frequency and its price. */
    void follow(Addon backup) {
        sql.update(
                "update addon set policy = ?, price_version_id = ?, " + NOTHING_WANTED + " where id = ?",
                backup.wantedPolicy().orElse(null),
                backup.wantedPriceId(),
                backup.id());
    }

    /** Sets the size and its price. */
    void weigh(Addon option, int quantity, UUID priceVersionId) {
        sql.update(
                "update addon set quantity = ?, price_version_id = ? where id = ?",
                quantity,
                priceVersionId,
                option.id());
    }

    /** Ends it at that instant, or marks it terminating, which stops the charges. */
    void end(Addon option, State last, Instant at) {
        sql.update(
                "update addon set state = ?, ended_at = coalesce(ended_at, ?), attached = false, " + NOTHING_WANTED
                        + " where id = ?",
                last,
                at,
                option.id());
        if (last != State.TERMINATING) {
            sql.update("delete from addon_restore_point where addon_id = ?", option.id());
        }
    }

    /** Marks it failed: it was not and will not be created. The message is the provider's, for staff. */
    void fail(Addon option, Instant at, String words) {
        end(option, State.FAILED, at);
        sql.update("update addon set failure = ? where id = ?", words, option.id());
    }

    /** Notifies the organization's members, including the one who ordered, that an order has failed. */
    void notifyMembers(Addon option) {
        var by = sql.first(
                        """
                        select actor from service_event
                         where service_id = ? and event = ? and facts ->> 'addon' = ?
                         order by id desc
                         limit 1
                        """,
                        row -> row.text("actor"),
                        option.serviceId(),
                        option.kind().step() + "_ordered",
                        option.name())
                .orElse("");
        var path = option.kind() == AddonType.BACKUP
                ? "service-backups?id=" + option.serviceId()
                : option.kind().word() + "?id=" + option.id();
        var kind = Notification.Kind.SERVICE_FAILED;
        var notification = new Notification(kind, option.name(), by, path, kind + ":" + option.id());
        Notifications.notifyMembers(sql, option.organizationId(), Permission.VPS_VIEW, notification, clock.instant());
    }

    /** Adds an event to the timeline of its server, which customers and staff see. */
    void recordEvent(Addon option, String what) {
        recordEvent(option, what, "");
    }

    /** Adds an event with a reason. */
    void recordEvent(Addon option, String what, String reason) {
        ServiceTimeline.record(
                sql,
                option.serviceId(),
                option.organizationId(),
                clock.instant(),
                option.kind().step() + "_" + what,
                reason.isEmpty() ? Map.of("addon", option.name()) : Map.of("addon", option.name(), "reason", reason));
    }
}
