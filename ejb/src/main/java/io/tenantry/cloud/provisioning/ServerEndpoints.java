package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** The locations of services' servers, for code that connects to them. Requires no permission: called by use cases that have checked it. */
@Stateless
public class ServerEndpoints {
    @Inject
    Sql sql;

    /** For the container. */
    public ServerEndpoints() {}

    /** For use outside a container. */
    public ServerEndpoints(Sql sql) {
        this.sql = sql;
    }

    /**
     * The location of a service's server.
     *
     * @param server its account and ID at the provider; empty if it exists in the database only
     * @param address as reported by the provider when the server came up; empty before
     * @param isRebuilding whether it is being rebuilt, restored or switched to another system, so that it may present any host key
     */
    public record ServerLocation(
            UUID organizationId,
            String name,
            Service.State state,
            Optional<ProviderServerRef> server,
            String address,
            boolean isRebuilding) {}

    /**
     * A server at a provider.
     *
     * @param isHere whether it belongs to the built-in sandbox, in this process
     */
    public record ProviderServerRef(String account, String id, boolean isHere) {}

    /** Returns the location of a service's server; empty if no service has that ID. */
    public Optional<ServerLocation> of(UUID serviceId) {
        return sql.first("""
                select s.organization_id, s.name, s.state, s.account, s.provider_ref, coalesce(s.address, '') address,
                       coalesce(s.pending_operation in ('REBUILD', 'RESCUE', 'LEAVE_RESCUE'), false)
                         or exists (select from addon_v o where o.service_id = s.id and o.pending_action = 'RESTORE') is_new_host_key
                  from service s
                 where s.id = ?
                """, ServerEndpoints::read, serviceId);
    }

    private static ServerLocation read(Row row) {
        var server = row.maybeText("provider_ref").map(id -> {
            var account = row.text("account");
            return new ProviderServerRef(account, id, account.equals(SandboxTarget.ACCOUNT));
        });
        return new ServerLocation(
                row.uuid("organization_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                server,
                row.text("address"),
                row.flag("is_new_host_key"));
    }
}
