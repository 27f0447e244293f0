package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/** Where services have their servers, for those who connect to them. Asks for no right: part of use cases that do. */
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
     * Where a service's server is.
     *
     * @param server its account and number at the vendor; empty if there is none but in our books
     * @param address as the vendor said when it came up; empty before
     * @param isBeginningAnew whether it is being set up anew, put back to a backup, or turned to another system: then it may show any key
     */
    public record Whereabout(
            UUID organizationId,
            String name,
            Service.State state,
            Optional<ServerAt> server,
            String address,
            boolean isBeginningAnew) {}

    /**
     * A server at a vendor.
     *
     * @param isHere whether it is one of the built-in sandbox, in this very process
     */
    public record ServerAt(String account, String id, boolean isHere) {}

    /** Of a service; empty if there is none of that id. */
    public Optional<Whereabout> of(UUID serviceId) {
        return sql.first("""
                select s.organization_id, s.name, s.state, s.account, s.provider_ref, coalesce(s.address, '') address,
                       coalesce(s.changing in ('REBUILD', 'RESCUE', 'RETURN'), false)
                         or exists (select from addon_v o where o.service_id = s.id and o.wanted = 'RESTORE') anew
                  from service s
                 where s.id = ?
                """, ServerEndpoints::read, serviceId);
    }

    private static Whereabout read(Row row) {
        var server = row.maybeText("provider_ref").map(id -> {
            var account = row.text("account");
            return new ServerAt(account, id, account.equals(SandboxTarget.ACCOUNT));
        });
        return new Whereabout(
                row.uuid("organization_id"),
                row.text("name"),
                Service.State.valueOf(row.text("state")),
                server,
                row.text("address"),
                row.flag("anew"));
    }
}
