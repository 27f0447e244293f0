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

/** What operators see of work items and do about those that do not get done. */
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
     * A work item as the console shows it. All times are real ones, also in a demo whose clock was moved.
     *
     * @param state WAITING for its time, WORKING, RETRYING after attempts in vain, PARKED for a person, DONE, or DROPPED by one
     * @param attempts in vain since it last went well, the one under way included
     * @param claims how often it was in anybody's hands
     * @param why it was parked, or dropped
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

        /** Whether somebody may still do something about it. */
        public boolean isOpen() {
            return endedAt.isEmpty();
        }
    }

    /** Items: those that wait, the oldest first, unless the wish says otherwise; see {@link WorkList}. */
    public ResultPage<View> find(ListQuery listQuery) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.find(listQuery);
    }

    /** The kinds that there are. */
    public List<String> kinds() {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.kinds();
    }

    /** One item. */
    public View one(long id) {
        access.require(Permission.PLATFORM_CHARGING_VIEW);
        return list.one(id).orElseThrow(() -> new NotFoundException("work item", id));
    }

    /**
     * Lets an item be tried at once, as if it had never failed. What was held for it is held again, as if its tenant's own staff had looked: it may
     * have been free for a while, and spent.
     */
    public RetryOutcome retry(long id) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        var before = one(id);
        var retryOutcome = parkedWorkDecisions
                .retry(before)
                .orElseGet(() -> list.retry(id) ? new RetryOutcome.Again() : new RetryOutcome.Late());
        if (!(retryOutcome instanceof RetryOutcome.Again)) {
            return retryOutcome;
        }
        audit.record("work.retried", SUBJECT, String.valueOf(id), facts(before));
        written.fire(new WorkItemQueued());
        return retryOutcome;
    }

    /**
     * Nobody tries an item any more. An order fails and what was held for it is free again; what somebody wanted of a server or an option is
     * forgotten. What is to be deleted is left as it is, and so is all that is nobody's: somebody has to see to that by hand.
     *
     * @param reason kept with the item and in the audit trail
     * @return whether there was anything left to give up
     */
    public boolean giveUp(long id, String reason) {
        access.require(Permission.PLATFORM_CHARGING_MANAGE);
        if (reason.isBlank()) {
            throw new IllegalArgumentException("work is given up for a reason");
        }
        var before = one(id);
        if (!parkedWorkDecisions.giveUp(before, reason.strip()).orElseGet(() -> list.drop(id, reason.strip()))) {
            return false;
        }
        var facts = new java.util.HashMap<String, String>(facts(before));
        facts.put("reason", reason.strip());
        audit.record("work.given_up", SUBJECT, String.valueOf(id), facts);
        return true;
    }

    private static Map<String, String> facts(View item) {
        return Map.of(
                "tenant", item.tenant().value(),
                "kind", item.kind(),
                "subject", item.subject().toString());
    }
}
