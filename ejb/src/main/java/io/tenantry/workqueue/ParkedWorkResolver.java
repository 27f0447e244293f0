package io.tenantry.workqueue;

import java.util.UUID;

/**
 * Handles the subject of parked work of some kinds when staff or operators decide on it: its reservation may have expired meanwhile, and
 * abandoned work must not look as if it were in progress. Joins the caller's transaction, in the item's tenant, and checks no permission.
 */
public interface ParkedWorkResolver {
    /** Whether it handles work of that kind. Each kind has one resolver, or none. */
    boolean isFor(String kind);

    /** Retries the item as if it had never failed; its initial cost is reserved again. */
    RetryOutcome retry(WorkItems.Parked item, UUID subject);

    /**
     * Gives the item up, leaving its subject as if it had not been requested.
     *
     * @return false if it was no longer parked, or cannot be given up
     */
    boolean giveUp(WorkItems.Parked item, UUID subject, String reason);
}
