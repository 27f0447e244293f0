package io.tenantry.workqueue;

/**
 * Does what work items of one kind ask for. Beans of this type are found by their kind.
 *
 * <p>An item says that something is to be done, not how: look at its subject first. It may come twice, at two nodes, late, and after
 * somebody has changed their mind. There is no transaction; each that the worker makes begins with {@link WorkItems#hold}, so that a
 * worker whose lease ran out writes nothing. What it throws counts as an attempt in vain.
 */
public interface WorkHandler {
    /** Lower-case letters and hyphens; never changes, because items may wait for days. */
    String kind();

    /** Does it, within the item's tenant, as the system. */
    WorkOutcome work(ClaimedWorkItem claimedWorkItem);
}
