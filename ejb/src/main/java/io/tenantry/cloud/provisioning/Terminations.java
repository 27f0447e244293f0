package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** The termination of services: the last hour of one is charged in the transaction that ends it; neither happens without the other. */
@Stateless
public class Terminations {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Charging charging;

    @Inject
    PendingOperations pendingOperations;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    TerminationEvents terminationEvents;

    @Inject
    WorkItems items;

    @PersistenceContext
    EntityManager entities;

    /**
     * Terminates a service: its last hour is charged, and its server, if a provider has one, is deleted.
     *
     * @throws DeletionLockedException if its deletion lock is set
     */
    public void end(UUID serviceId) {
        endTogether(List.of(ServiceChanges.lock(entities, access, serviceId, Permission.VPS_DELETE)));
    }

    /**
     * Terminates several services of one organization, all or none; those that are over already stay unchanged.
     *
     * @return the number of terminated services
     * @throws DeletionLockedException if the deletion lock of one of them is set; none is terminated then
     */
    public int endAll(UUID organizationId, Collection<UUID> serviceIds) {
        access.requireIn(organizationId, Permission.VPS_DELETE);
        if (serviceIds.size() > Services.TOGETHER_MAX) {
            throw new IllegalArgumentException("more than " + Services.TOGETHER_MAX + " at once: " + serviceIds.size());
        }
        var running = new ArrayList<Service>();
        for (var id : new TreeSet<>(serviceIds)) {
            var service = ServiceChanges.lock(entities, access, id, Permission.VPS_DELETE);
            if (!service.organizationId().equals(organizationId)) {
                throw new NotFoundException("service", id);
            }
            if (service.isRunning()) {
                running.add(service);
            }
        }
        endTogether(running);
        return running.size();
    }

    /** Takes locks in the common order: the services, which are locked already, their add-ons, then wallets, then the audit trail. */
    private void endTogether(List<Service> ending) {
        ending.stream().filter(Service::isProtected).findFirst().ifPresent(one -> {
            throw new DeletionLockedException(one.name());
        });
        var now = clock.instant();
        ending.forEach(service -> leave(service, now));
        entities.flush();
        ending.forEach(service -> ServiceChanges.record(sql, service.id(), now, "ended", "state", "terminated"));
        terminationEvents.publish(ending.stream().map(Service::id).toList(), now);
        ending.stream().sorted(Comparator.comparing(Service::walletId)).forEach(service -> {
            if (service.hasServer()) {
                pendingOperations.drop(serviceLifecycle.read(service.id()));
            }
            charging.end(service.id(), service.walletId(), now);
        });
        for (var service : ending) {
            ServiceChanges.announce(sql, service, Notification.Kind.SERVICE_ENDED, now);
            audit.record("service.ended", "service", service.id());
        }
    }

    private void leave(Service service, Instant now) {
        if (service.hasServer()) {
            service.terminate(now);
            items.write(DeleteServerHandler.KIND, service.id().toString(), service.id());
        } else {
            service.end(now);
        }
    }
}
