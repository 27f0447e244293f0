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
 * What staff decide of a service of which nobody can tell how it stands at the vendor, or with which nothing goes on: its work is parked
 * until they have looked there themselves. Each decision has a reason, which is kept in the audit trail.
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

    /** What waits to be decided of a service, if anything does. */
    public Optional<WorkItems.Parked> open(UUID serviceId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return items.parked(serviceId).stream().findFirst();
    }

    /**
     * Has it tried again as if it had never failed: the vendor is looked at first, as always. What it costs at first is held for as long again
     * as when it was wanted: it may have been free for a while, and spent.
     */
    public RetryOutcome lookAgain(UUID serviceId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        serviceLifecycle.lock(serviceId);
        var item = items.parked(serviceId).stream().findFirst();
        if (item.isEmpty()) {
            return new RetryOutcome.Late();
        }
        var retryOutcome = care.retry(item.get(), serviceId);
        if (retryOutcome instanceof RetryOutcome.Again) {
            record("service.looked_again", serviceId, item.get(), why);
        }
        return retryOutcome;
    }

    /**
     * There is none, or none is wanted any more: an order fails and what was held for it is free again, and whatever the vendor has of it
     * all the same is deleted; a server that was to be switched, to grow or to begin anew is left as it is, and costs what it cost.
     *
     * @return false if nothing waits any more, or it cannot be given up
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
        record("service.given_up", serviceId, item.get(), why);
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
            throw new IllegalArgumentException("a decision has a reason");
        }
        return reason.strip();
    }
}
