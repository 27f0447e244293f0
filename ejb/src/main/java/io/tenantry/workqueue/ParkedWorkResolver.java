package io.tenantry.workqueue;

import java.util.UUID;

/**
 * Who sees to what parked work of some kinds is about, whoever decides of it, staff or operators: what was held for it may have ended
 * meanwhile, and what nobody does any more must not be left as if it were under way. Joins the caller's transaction, in the item's tenant, and
 * asks nobody for permission.
 */
public interface ParkedWorkResolver {
    /** Whether work of that kind is this one's. Each kind has one caretaker, or none. */
    boolean isFor(String kind);

    /** Has it tried again as if it had never failed; what it costs at first is held again. */
    RetryOutcome retry(WorkItems.Parked item, UUID subject);

    /**
     * Nobody tries it any more, and its subject is as if it had not been asked for.
     *
     * @return false if it was not parked any more, or cannot be given up
     */
    boolean giveUp(WorkItems.Parked item, UUID subject, String reason);
}
