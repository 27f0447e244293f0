package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;

/**
 * Actions that people may take only as themselves: an actor impersonating a customer uses neither their own account for it nor the customer's,
 * and gets no access to the data on the customer's servers.
 */
public final class SelfOnly {
    private SelfOnly() {}

    /**
     * Refuses an impersonating actor.
     *
     * @throws AccessDeniedException if so
     */
    public static void require(String what) {
        if (Actors.current().filter(Actor::isImpersonating).isPresent()) {
            throw new AccessDeniedException(what);
        }
    }
}
