package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.push.Signal;
import io.tenantry.kernel.push.Signals;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.people.notification.Notifications;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What changes of services have in common: the row's lock, the line in the timeline, the notification. Joins the caller's transaction. */
final class ServiceChanges {
    private ServiceChanges() {}

    /** Locks a service until the transaction ends, for a caller with the permission. */
    static Service lock(EntityManager entities, Access access, UUID serviceId, String permission) {
        var service = Optional.ofNullable(entities.find(Service.class, serviceId, LockModeType.PESSIMISTIC_WRITE))
                .orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), permission);
        return service;
    }

    /** Adds a line to the timeline, in the name of the present actor. */
    static void record(Sql sql, UUID serviceId, Instant at, String what, String fact, String value) {
        sql.update("""
                insert into service_event (service_id, at, event, actor, facts)
                values (?, ?, ?, ?, jsonb_build_object(?::text, ?::text))
                """, serviceId, at, what, Actors.require().name(), fact, value);
    }

    /** Notifies the other members of the organization, and updates open pages. */
    static void announce(Sql sql, Service service, Notification.Kind kind, Instant at) {
        var notification = new Notification(
                kind,
                service.name(),
                Actors.require().name(),
                "service?id=" + service.id(),
                kind + ":" + service.id() + ":" + at);
        Notifications.notifyMembers(sql, service.organizationId(), Permission.VPS_VIEW, notification, at);
        Signals.publish(sql, Signal.Kind.SERVICE, service.organizationId());
    }
}
