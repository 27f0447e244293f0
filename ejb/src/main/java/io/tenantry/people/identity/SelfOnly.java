package io.tenantry.people.identity;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;

/** What people do as themselves alone: whoever acts for a customer neither lends an own account to that nor takes another's. */
final class SelfOnly {
    private SelfOnly() {}

    /**
     * Refuses whoever acts for somebody else.
     *
     * @throws AccessDeniedException if so
     */
    static void require(String what) {
        if (Actors.current().filter(Actor::isImpersonating).isPresent()) {
            throw new AccessDeniedException(what);
        }
    }
}
