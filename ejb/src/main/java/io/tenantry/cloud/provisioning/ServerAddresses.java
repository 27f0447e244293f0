package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Addresses that come to a server, and go, while it is there: whoever has its vendor do so says it here, and they can be named like the others.
 * Joins the caller's transaction, asks for no right, and tells nobody.
 */
@ApplicationScoped
public class ServerAddresses {
    @Inject
    Sql sql;

    /** For the container. */
    public ServerAddresses() {}

    /** For use outside a container. */
    public ServerAddresses(Sql sql) {
        this.sql = sql;
    }

    /** The server has it, after those that it has. */
    public void come(UUID serviceId, String address) {
        sql.update("""
                insert into service_address (service_id, address, position)
                select ?, ?, coalesce(max(position), 0) + 1 from service_address where service_id = ?
                on conflict (service_id, address) do nothing
                """, serviceId, address, serviceId);
    }

    /** The server has it no more, and so it has no name there. */
    public void go(UUID serviceId, String address) {
        sql.update("delete from service_address where service_id = ? and address = ?", serviceId, address);
    }
}
