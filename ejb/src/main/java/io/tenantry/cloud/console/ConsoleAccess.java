package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerLocation;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.identity.Sessions;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Decides who may use a console, when it is opened and repeatedly while it is open. */
@Stateless
public class ConsoleAccess {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Sessions sessions;

    @Inject
    ServerEndpoints serverEndpoints;

    /** For the container. */
    public ConsoleAccess() {}

    /** For use outside a container. */
    public ConsoleAccess(Sql sql, Access access, Sessions sessions, ServerEndpoints serverEndpoints) {
        this.sql = sql;
        this.access = access;
        this.sessions = sessions;
        this.serverEndpoints = serverEndpoints;
    }

    /** Returns where a service's server is, for the current user; empty if no server is running. */
    public Optional<ServerLocation> enter(UUID serviceId) {
        var service = serverEndpoints.of(serviceId).orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
        return Optional.of(service).filter(ConsoleAccess::isUp);
    }

    /** Returns why the current user may not stay; empty if they may. */
    public Optional<ConsoleEndReason> leave(UUID serviceId, UUID sessionId) {
        if (!sessions.live(Set.of(sessionId)).containsKey(sessionId)) {
            return Optional.of(ConsoleEndReason.SIGNED_OUT);
        }
        var isAllowed = serverEndpoints
                .of(serviceId)
                .filter(ConsoleAccess::isUp)
                .filter(service -> access.allowsIn(service.organizationId(), Permission.VPS_CONSOLE))
                .isPresent();
        return isAllowed ? Optional.empty() : Optional.of(ConsoleEndReason.FORBIDDEN);
    }

    /**
     * The consoles of a service that the current user could open.
     *
     * @param shell whether the service has a key of ours to log in with
     * @param provider the code of the server's provider; empty if there is no server, or none whose consoles the user may open
     */
    public record Offer(boolean shell, Optional<String> provider) {}

    /** Returns the consoles of an organization's service that the current user could open, for the links of a page. */
    public Offer offer(UUID organizationId, UUID serviceId) {
        var none = new Offer(false, Optional.empty());
        if (!access.allowsIn(organizationId, Permission.VPS_CONSOLE)) {
            return none;
        }
        return sql.first("""
                        select k.service_id is not null shell, coalesce(a.provider, s.account) provider
                          from service s
                          left join service_key k on k.service_id = s.id
                          left join provider_account a on a.id = s.account_id
                         where s.id = ? and s.organization_id = ? and s.state = 'ACTIVE' and s.provider_ref is not null
                        """, row -> new Offer(row.flag("shell"), row.maybeText("provider")), serviceId, organizationId)
                .orElse(none);
    }

    /** Whether the current user could open a console of an organization's service. */
    public boolean offers(UUID organizationId, UUID serviceId) {
        return offer(organizationId, serviceId).shell();
    }

    private static boolean isUp(ServerLocation service) {
        return service.state() == Service.State.ACTIVE && service.server().isPresent();
    }
}
