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
 * What staff decide of an option with which nothing goes on: its work is parked until they have looked at the vendor themselves. Each
 * decision has a reason, which is kept in the audit trail.
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

    /** What waits to be decided of an option, if anything does. */
    public Optional<WorkItems.Parked> open(UUID optionId) {
        access.require(Permission.STAFF_SERVICES_VIEW);
        return items.parked(optionId).stream().findFirst();
    }

    /**
     * Has it tried again as if it had never failed: the vendor is looked at first, as always. What it costs at first is held for as long again
     * as when it was wanted: it may have been free for a while, and spent.
     */
    public RetryOutcome lookAgain(UUID optionId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var option = records.lock(optionId);
        var item = items.parked(optionId).stream().findFirst();
        if (item.isEmpty()) {
            return new RetryOutcome.Late();
        }
        var retryOutcome = care.retry(item.get(), optionId);
        if (retryOutcome instanceof RetryOutcome.Again) {
            record("option.looked_again", option, item.get(), why);
        }
        return retryOutcome;
    }

    /**
     * Nothing comes of it: an order fails and what was held for it is free again, a change is forgotten. What the vendor has all the same is
     * found when its account is looked at next. What is to be deleted can only be looked for again, since somebody pays for it.
     *
     * @return false if nothing waits any more, or it cannot be given up
     */
    public boolean giveUp(UUID optionId, String reason) {
        access.require(Permission.STAFF_SERVICES_MANAGE);
        var why = why(reason);
        var option = records.lock(optionId);
        var item = items.parked(optionId).stream().findFirst();
        if (item.isEmpty() || option.state() == State.TERMINATING || !care.giveUp(item.get(), optionId, why)) {
            return false;
        }
        record("option.given_up", option, item.get(), why);
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
            throw new IllegalArgumentException("a decision has a reason");
        }
        return reason.strip();
    }
}
