package io.tenantry.dunning;

import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Has a tenant's debts looked after. */
@Stateless
public class DunningSchedule {
    @Inject
    WorkItems items;

    /** From now on, unless that is so already. Asks for no right: part of a timer. */
    public boolean begin() {
        return items.write(DunningHandler.KIND, DunningHandler.KEY, DunningHandler.SUBJECT);
    }
}
