package io.tenantry.dunning;

import io.tenantry.work.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** Has a tenant's debts looked after. */
@Stateless
public class DunningRounds {
    @Inject
    WorkItems items;

    /** From now on, unless that is so already. Asks for no right: part of a timer. */
    public boolean begin() {
        return items.write(Dun.KIND, Dun.KEY, Dun.SUBJECT);
    }
}
