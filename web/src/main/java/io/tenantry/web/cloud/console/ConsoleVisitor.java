package io.tenantry.web.cloud.console;

import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import java.security.Principal;
import java.util.Optional;
import java.util.UUID;

/**
 * The visitor, as identified by the request that opened the socket. Other threads have no such context, so work for the visitor is done through
 * {@link #run}.
 */
record ConsoleVisitor(Scope scope, UUID sessionId, Actor person, Optional<RequestOrigin> origin) implements Principal {
    @Override
    public String getName() {
        return String.valueOf(person.personId());
    }

    void run(Runnable work) {
        try (var actorScope = Actors.enter(person);
                var enteredScope = Tenancy.enter(scope)) {
            origin.ifPresent(RequestOrigin::enter);
            work.run();
        } finally {
            RequestOrigin.clear();
        }
    }
}
