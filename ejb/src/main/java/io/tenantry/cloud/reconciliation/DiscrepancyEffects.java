package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provisioning.ServiceCorrections;
import io.tenantry.cloud.provisioning.ServiceTimeline;
import io.tenantry.cloud.reconciliation.Observations.DiscrepancyChange;
import io.tenantry.cloud.reconciliation.discrepancy.RepairAction;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The consequences of discrepancies that were confirmed or resolved: the server of a service that is over is scheduled for deletion, a missing
 * server is shown to the customer in the timeline, staff are notified. Joins the caller's transaction.
 */
@ApplicationScoped
public class DiscrepancyEffects {
    private static final int TOLD_MAX = 3;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    /** For the container. */
    public DiscrepancyEffects() {}

    /** For use outside a container. */
    DiscrepancyEffects(Sql sql, Clock clock, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
    }

    void of(String account, Instant startedAt, List<DiscrepancyChange> confirmed, List<DiscrepancyChange> resolved) {
        for (var one : confirmed) {
            switch (one.kind()) {
                case ORPHANED -> order(one.id(), RepairAction.DELETE);
                case MISSING -> one.serviceId().ifPresent(service -> event(service, "missing"));
                default -> {}
            }
        }
        resolved.stream()
                .filter(one -> one.kind() == DiscrepancyType.MISSING)
                .flatMap(one -> one.serviceId().stream())
                .filter(this::isLive)
                .forEach(service -> event(service, "found"));
        resolved.stream()
                .filter(DiscrepancyChange::isSwitched)
                .flatMap(one -> one.serviceId().stream())
                .forEach(this::started);
        sendAlert(
                account,
                startedAt,
                confirmed.stream().filter(one -> one.kind().isFault()).toList());
    }

    /** Orders a repair, decided by the current user or by rule. */
    void order(UUID discrepancyId, RepairAction repairAction) {
        var actor = Actors.require();
        Discrepancies.DOCKET.order(sql, items, discrepancyId, repairAction, actor.isSystem() ? null : actor.name());
    }

    /** Adds an event to a service's timeline, which customers and staff see. */
    void event(UUID service, String what) {
        ServiceTimeline.record(sql, service, clock.instant(), what);
    }

    /** A server that was switched on again has left its rescue system; the server of a suspended service was switched off. */
    private void started(UUID service) {
        ServiceCorrections.leaveRescue(sql, service);
    }

    private boolean isLive(UUID service) {
        return sql.first(
                        "select id from service where id = ? and state in ('ACTIVE', 'SUSPENDED')",
                        row -> row.uuid("id"),
                        service)
                .isPresent();
    }

    /** Sends one notification about everything that one scan confirmed. */
    private void sendAlert(String account, Instant startedAt, List<DiscrepancyChange> faults) {
        if (faults.isEmpty()) {
            return;
        }
        var names = faults.stream().map(DiscrepancyChange::name).distinct().toList();
        var listed = names.stream().limit(TOLD_MAX).collect(Collectors.joining(", "));
        var notification = new Notification(
                Notification.Kind.DISCREPANCY,
                nameOf(account),
                names.size() > TOLD_MAX ? listed + ", \u2026" : listed,
                "discrepancies?account=" + account,
                "discrepancy:" + account + ":" + startedAt);
        Notifications.notifyStaff(sql, Permission.STAFF_SERVICES_MANAGE, notification, clock.instant());
    }

    private String nameOf(String account) {
        return sql.first("select name from provider_account where id::text = ?", row -> row.text("name"), account)
                .orElse(account);
    }
}
