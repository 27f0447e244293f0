package io.tenantry.dunning;

import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Starts the dunning of a tenant's debts. */
@Stateless
public class DunningSchedule {
    @Inject
    WorkItems items;

    /** Starts dunning, unless it is already running. Checks no permission: called by a timer. */
    public boolean begin() {
        return items.write(DunningHandler.KIND, DunningHandler.KEY, DunningHandler.SUBJECT);
    }
}
