package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.cloud.provisioning.ServerEndpoints.Whereabout;
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

/** Who may be at a console, asked when it is opened and again for as long as it is. */
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

    /** Where a service's server is, for the one who acts; empty if it has none that runs. */
    public Optional<Whereabout> enter(UUID serviceId) {
        var service = serverEndpoints.of(serviceId).orElseThrow(() -> new NotFoundException("service", serviceId));
        access.requireIn(service.organizationId(), Permission.VPS_CONSOLE);
        return Optional.of(service).filter(ConsoleAccess::isUp);
    }

    /** Why the one who acts may not stay; empty if they may. */
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
     * What of a service the one who acts could open.
     *
     * @param shell whether there is a key of ours to enter by
     * @param vendor the code of the server's vendor; empty if there is no server, or none that they may open anything of
     */
    public record Offer(boolean shell, Optional<String> vendor) {}

    /** What the one who acts could open of an organization's service, for what a page offers. */
    public Offer offer(UUID organizationId, UUID serviceId) {
        var none = new Offer(false, Optional.empty());
        if (!access.allowsIn(organizationId, Permission.VPS_CONSOLE)) {
            return none;
        }
        return sql.first("""
                        select k.service_id is not null shell, coalesce(a.vendor, s.account) vendor
                          from service s
                          left join service_key k on k.service_id = s.id
                          left join provider_account a on a.id = s.account_id
                         where s.id = ? and s.organization_id = ? and s.state = 'ACTIVE' and s.provider_ref is not null
                        """, row -> new Offer(row.flag("shell"), row.maybeText("vendor")), serviceId, organizationId)
                .orElse(none);
    }

    /** Whether the one who acts could open a console of an organization's service. */
    public boolean offers(UUID organizationId, UUID serviceId) {
        return offer(organizationId, serviceId).shell();
    }

    private static boolean isUp(Whereabout service) {
        return service.state() == Service.State.ACTIVE && service.server().isPresent();
    }
}
