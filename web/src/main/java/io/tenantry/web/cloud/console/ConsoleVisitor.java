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
 * Who came, as the request said that opened the socket. Other threads know nothing of it, so what they do for somebody they do by
 * {@link #run}.
 */
record ConsoleVisitor(Scope scope, UUID sessionId, Actor person, Optional<RequestOrigin> origin) implements Principal {
    @Override
    public String getName() {
        return String.valueOf(person.personId());
    }

    void run(Runnable work) {
        try (var acting = Actors.enter(person);
                var entered = Tenancy.enter(scope)) {
            origin.ifPresent(RequestOrigin::enter);
            work.run();
        } finally {
            RequestOrigin.clear();
        }
    }
}
