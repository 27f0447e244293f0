package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
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
 * Decisions of staff about an add-on whose work is parked until they have checked the provider themselves. Each decision has a reason, which is
 * kept in the audit trail.
 */
@Stateless
public class AddonReview {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    WorkItems items;

    @Inject
    AddonRepository records;

    @Inject
    ParkedAddonWork care;

    /** For the container. */
    public AddonReview() {}

    /** For use outside a container. */
    AddonReview(Access access, AuditTrail audit, WorkItems items, AddonRepository records, ParkedAddonWork care) {
        this.access = access;
        this.audit = audit;
        this.items = items;
        this.records = records;
        this.care = care;
    }

    /** Returns the parked work of an add-on, if any. */
    public Optional<WorkItems.Parked> open(UUID optionId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return items.parked(optionId).stream().findFirst();
    }

    /**
     * Retries the work as if it had never failed: the provider is checked first, as always. The initial cost is reserved again for the full
     * duration, since the reservation may have expired and the money been spent.
     */
    public RetryOutcome retry(UUID optionId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var option = records.lock(optionId);
        var item = items.parked(optionId).stream().findFirst();
        if (item.isEmpty()) {
            return new RetryOutcome.NotParked();
        }
        var retryOutcome = care.retry(item.get(), optionId);
        if (retryOutcome instanceof RetryOutcome.Retried) {
            record("addon.retried", option, item.get(), why);
        }
        return retryOutcome;
    }

    /**
     * Gives up: an order fails and its reservation is released; a requested change is dropped. Anything that the provider nevertheless has is
     * found by the next reconciliation of its account. A deletion can only be retried, since the resource is still paid for.
     *
     * @return false if nothing is parked any longer, or it cannot be given up
     */
    public boolean giveUp(UUID optionId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var option = records.lock(optionId);
        var item = items.parked(optionId).stream().findFirst();
        if (item.isEmpty() || option.state() == State.TERMINATING || !care.giveUp(item.get(), optionId, why)) {
            return false;
        }
        record("addon.canceled", option, item.get(), why);
        return true;
    }

    private void record(String action, Addon option, WorkItems.Parked item, String why) {
        audit.record(
                action,
                option.kind().word(),
                option.id().toString(),
                Map.of("reason", why, "parked", item.why(), "service", option.serviceId()));
    }

    private static String why(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("a decision requires a reason");
        }
        return reason.strip();
    }
}
