package io.tenantry.cloud.provisioning;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.workqueue.RetryOutcome;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decisions of staff about a service whose state at the provider is unknown, or whose work failed: it is parked until they have checked the
 * provider themselves. Each decision has a reason, which is kept in the audit trail.
 */
@Stateless
public class ServiceReview {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    WorkItems items;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    ParkedServiceWork care;

    /** For the container. */
    public ServiceReview() {}

    /** For use outside a container. */
    ServiceReview(
            Access access,
            AuditTrail audit,
            WorkItems items,
            ServiceLifecycle serviceLifecycle,
            ParkedServiceWork care) {
        this.access = access;
        this.audit = audit;
        this.items = items;
        this.serviceLifecycle = serviceLifecycle;
        this.care = care;
    }

    /** Returns the parked work of a service, if any. */
    public Optional<WorkItems.Parked> open(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return items.parked(serviceId).stream().findFirst();
    }

    /**
     * Retries the work as if it had never failed: the provider is checked first, as always. The initial cost is reserved again for the full
     * duration, since the reservation may have expired and the money been spent.
     */
    public RetryOutcome retry(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        serviceLifecycle.lock(serviceId);
        var item = items.parked(serviceId).stream().findFirst();
        if (item.isEmpty()) {
            return new RetryOutcome.NotParked();
        }
        var retryOutcome = care.retry(item.get(), serviceId);
        if (retryOutcome instanceof RetryOutcome.Retried) {
            record("service.retried", serviceId, item.get(), why);
        }
        return retryOutcome;
    }

    /**
     * Gives up, since there is no server or none is needed any longer: an order fails, its reservation is released, and anything at the
     * provider is deleted; a server that was to be switched, resized or rebuilt stays as it is and at the same price.
     *
     * @return false if nothing is parked any longer, or it cannot be given up
     */
    public boolean giveUp(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        serviceLifecycle.lock(serviceId);
        var item = items.parked(serviceId).stream()
                .filter(DeleteServerHandler::mayBeGivenUp)
                .findFirst();
        if (item.isEmpty() || !care.giveUp(item.get(), serviceId, why)) {
            return false;
        }
        record("service.canceled", serviceId, item.get(), why);
        return true;
    }

    private void record(String action, UUID serviceId, WorkItems.Parked item, String why) {
        audit.record(
                action,
                "service",
                serviceId.toString(),
                Map.of("reason", why, "kind", item.kind(), "parked", item.why()));
    }

    private static String why(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a decision requires a reason");
        }
        return reason.strip();
    }
}
