package io.tenantry.workqueue;

/**
 * Processes work items of one kind. Beans of this type are found by their kind.
 *
 * <p>An item states that something is to be done, not how: read its subject first. It may arrive twice, at two nodes, late, and after the
 * decision was reversed. There is no transaction; each one that the handler opens begins with {@link WorkItems#hold}, so that a worker whose
 * lease has expired writes nothing. An exception counts as a failed attempt.
 */
public interface WorkHandler {
    /** Returns the kind: lower-case characters and hyphens; never changes, because items may wait for days. */
    String kind();

    /** Processes the item, within its tenant, as the system. */
    WorkOutcome work(ClaimedWorkItem claimedWorkItem);
}
