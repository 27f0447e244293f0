package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.ServerQuotas;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reseller's conditions of an order: money for the first hours, and a quota of servers per customer. They are checked when something is
 * ordered; existing services are not affected by a later change.
 */
@Stateless
public class OrderPolicies {
    /** One month. */
    public static final int HOURS_MAX = 720;

    /** More than any customer has. */
    public static final int QUOTA_MAX = 100_000;

    private static final String ROOM = """
            select p.reserved_hours, o.server_quota as own, p.server_quota as general,
                   (select count(*)::int from service s
                     where s.organization_id = o.id and s.state not in ('TERMINATED', 'FAILED')) as running,
                   (select count(*)::int from service s where s.organization_id = o.id) as ordered
              from organization o
             cross join order_policy p
             where o.id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /** For the container. */
    public OrderPolicies() {}

    /** For use outside a container. */
    OrderPolicies(Sql sql, Clock clock, Access access, AuditTrail audit) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
    }

    /**
     * The reseller's policy.
     *
     * @param hoursHeld number of hours whose cost is reserved until an ordered service exists
     * @param serverQuota maximum number of servers of a customer without its own quota; empty for no limit
     */
    public record Policy(int hoursHeld, Optional<Integer> serverQuota) {}

    /**
     * The quota of an organization and its use.
     *
     * @param own its own quota, if it has one
     * @param general the quota of organizations without their own
     * @param running number of servers that count now
     * @param ordered number of all servers ever ordered
     */
    public record OrderAllowance(
            int hoursHeld, Optional<Integer> own, Optional<Integer> general, int running, int ordered) {
        /** Returns the applicable quota; empty for no limit. */
        public Optional<Integer> limit() {
            return own.or(() -> general);
        }

        /** Whether the quota is reached. */
        public boolean isFull() {
            return limit().filter(most -> running >= most).isPresent();
        }
    }

    /** The outcome of a change. */
    public enum Outcome {
        DONE,
        /** The number of hours is not 1 to 720. */
        BAD_HOURS,
        /** The quota is not 0 to 100,000 servers. */
        BAD_QUOTA
    }

    /** Returns the policy. */
    public Policy policy() {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        return known();
    }

    /** Changes the policy from now on; existing reservations are not affected. */
    public Outcome change(Policy wanted) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (wanted.hoursHeld() < 1 || wanted.hoursHeld() > HOURS_MAX) {
            return Outcome.BAD_HOURS;
        }
        if (!isQuota(wanted.serverQuota())) {
            return Outcome.BAD_QUOTA;
        }
        sql.update(
                "update order_policy set reserved_hours = ?, server_quota = ?, changed_at = ?, changed_by = ?",
                wanted.hoursHeld(),
                value(wanted.serverQuota()),
                clock.instant(),
                Actors.require().name());
        audit.record(
                "order.policy_changed",
                "tenant",
                Tenancy.tenant().value(),
                Map.of(
                        "hours",
                        String.valueOf(wanted.hoursHeld()),
                        "servers",
                        wanted.serverQuota().map(String::valueOf).orElse("any")));
        return Outcome.DONE;
    }

    /** Returns the quota of an organization and its use, for staff. */
    public OrderAllowance quota(UUID organizationId) {
        access.require(Permission.STAFF_CUSTOMERS_VIEW);
        return known(organizationId);
    }

    /**
     * Sets the quota of an organization. A quota below the present number terminates nothing.
     *
     * @param wanted empty for the general quota
     */
    public Outcome limit(UUID organizationId, Optional<Integer> wanted) {
        access.require(Permission.STAFF_CUSTOMERS_MANAGE);
        if (!isQuota(wanted)) {
            return Outcome.BAD_QUOTA;
        }
        if (!ServerQuotas.set(sql, organizationId, value(wanted))) {
            throw new NotFoundException("organization", organizationId);
        }
        audit.record(
                "organization.quota_changed",
                "organization",
                organizationId.toString(),
                Map.of("servers", wanted.map(String::valueOf).orElse("general")));
        return Outcome.DONE;
    }

    /** Returns the quota of an organization and its use, for members who may order. */
    public OrderAllowance room(UUID organizationId) {
        access.requireIn(organizationId, Permission.VPS_CREATE);
        return known(organizationId);
    }

    private OrderAllowance known(UUID organizationId) {
        return sql.first(
                        ROOM,
                        row -> new OrderAllowance(
                                row.whole("reserved_hours"),
                                row.maybeWhole("own"),
                                row.maybeWhole("general"),
                                row.whole("running"),
                                row.whole("ordered")),
                        organizationId)
                .orElseThrow(() -> new NotFoundException("organization", organizationId));
    }

    private Policy known() {
        return sql.one(
                "select reserved_hours, server_quota from order_policy",
                row -> new Policy(row.whole("reserved_hours"), row.maybeWhole("server_quota")));
    }

    private static boolean isQuota(Optional<Integer> wanted) {
        return wanted.filter(most -> most < 0 || most > QUOTA_MAX).isEmpty();
    }

    private static @Nullable Integer value(Optional<Integer> wanted) {
        return wanted.isPresent() ? wanted.get() : null;
    }
}
