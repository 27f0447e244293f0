package io.tenantry.cloud.provisioning;

import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Adds and removes addresses of existing servers, called by the operations that change them at the provider; the addresses can then be named
 * like the others. Joins the caller's transaction, requires no permission, and sends no notification.
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

    /** Adds an address to the server, after the existing ones. */
    public void come(UUID serviceId, String address) {
        sql.update("""
                insert into service_address (service_id, address, position)
                select ?, ?, coalesce(max(position), 0) + 1 from service_address where service_id = ?
                on conflict (service_id, address) do nothing
                """, serviceId, address, serviceId);
    }

    /** Removes an address from the server, together with its name. */
    public void go(UUID serviceId, String address) {
        sql.update("delete from service_address where service_id = ? and address = ?", serviceId, address);
    }
}
