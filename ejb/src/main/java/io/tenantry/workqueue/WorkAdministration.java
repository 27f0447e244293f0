package io.tenantry.workqueue;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Work items as operators see them, and their decisions on those that fail. */
@Stateless
public class WorkAdministration {
    private static final String SUBJECT = "work_item";

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    WorkList list;

    @Inject
    ParkedWorkDecisions parkedWorkDecisions;

    @Inject
    Event<WorkItemQueued> written;

    /**
     * A work item as shown on the admin site. All times are real ones, also in a demo whose clock was moved.
     *
     * @param state WAITING for its time, WORKING, RETRYING after failed attempts, PARKED for a decision, DONE, or DROPPED by a decision
     * @param attempts failed attempts since the last success, including the current one
     * @param claims how often it was claimed
     * @param why the reason it was parked or dropped
     */
    public record View(
            long id,
            TenantId tenant,
            String kind,
            UUID subject,
            String state,
            Instant writtenAt,
            Instant dueAt,
            int attempts,
            long claims,
            Optional<String> node,
            Optional<Instant> claimedAt,
            Optional<String> error,
            Optional<Instant> parkedAt,
            Optional<Instant> endedAt,
            Optional<String> why) {

        /** Whether a decision on it is still possible. */
        public boolean isOpen() {
            return endedAt.isEmpty();
        }
    }

    /** Returns items: by default those waiting, the oldest first; see {@link WorkList}. */
    public ResultPage<View> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** Returns the existing kinds. */
    public List<String> kinds() {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.kinds();
    }

    /** Returns one item. */
    public View one(long id) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.one(id).orElseThrow(() -> new NotFoundException("work item", id));
    }

    /**
     * Retries an item at once, as if it had never failed. Its reservation is renewed, as if the tenant's own staff had retried it: it may have
     * been released for a while, and spent.
     */
    public RetryOutcome retry(long id) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        var before = one(id);
        var retryOutcome = parkedWorkDecisions
                .retry(before)
                .orElseGet(() -> list.retry(id) ? new RetryOutcome.Retried() : new RetryOutcome.NotParked());
        if (!(retryOutcome instanceof RetryOutcome.Retried)) {
            return retryOutcome;
        }
        audit.record("work.retried", SUBJECT, String.valueOf(id), facts(before));
        written.fire(new WorkItemQueued());
        return retryOutcome;
    }

    /**
     * Gives an item up. An order fails and its reservation is released; a request concerning a server or an add-on is dropped. A pending
     * deletion stays as it is, and so does everything without an owner: that must be resolved by hand.
     *
     * @param reason kept with the item and in the audit trail
     * @return whether there was anything left to give up
     */
    public boolean giveUp(long id, String reason) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("giving up a work item requires a reason");
        }
        var before = one(id);
        if (!parkedWorkDecisions.giveUp(before, reason.strip()).orElseGet(() -> list.drop(id, reason.strip()))) {
            return false;
        }
        var facts = new java.util.HashMap<String, String>(facts(before));
        facts.put("reason", reason.strip());
        audit.record("work.canceled", SUBJECT, String.valueOf(id), facts);
        return true;
    }

    private static Map<String, String> facts(View item) {
        return Map.of(
                "tenant", item.tenant().value(),
                "kind", item.kind(),
                "subject", item.subject().toString());
    }
}
