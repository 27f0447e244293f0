package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ReverseDns;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.time.Ids;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The addresses of services and their reverse DNS names, which are set by {@link ReverseDnsHandler}. */
@Stateless
public class ServerReverseDns {
    /** The address at which the server came up is included even if no others are known. */
    private static final String LINES = """
            select l.address, l.hostname, l.pending_hostname
              from (select a.address, a.position, a.hostname, a.pending_hostname from service_address a where a.service_id = ?
                     union all
                    select s.address, 0, '', null
                      from service s
                     where s.id = ?
                       and s.address is not null
                       and not exists (select from service_address a where a.service_id = s.id and a.address = s.address)) l
             order by l.position, l.address
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    LockedServices lockedServices;

    @Inject
    ProviderCapabilities providerCapabilities;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    WorkItems items;

    /** The outcome of a request. */
    public enum Outcome {
        /** The request is recorded and starts immediately. */
        REQUESTED,
        /** The address has that name already. */
        UNCHANGED,
        /** It is not a valid host name. */
        INVALID,
        /** The service has no such address. */
        NO_ADDRESS,
        /** There is no server at a provider, or the provider does not support reverse DNS. */
        UNSUPPORTED
    }

    /**
     * An address.
     *
     * @param hostname the name that we have set; empty for the provider's own
     * @param wanted the requested name, until it is set
     */
    public record Line(String address, String hostname, Optional<String> wanted) {}

    /** Returns the addresses of a service that was read before, in the order in which they became known. */
    public List<Line> of(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        return lines(now.id());
    }

    /** Whether its addresses can be named. Does not call the provider. */
    public boolean isNameable(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        return now.hasServer()
                && providerCapabilities.has(
                        serviceLifecycle.read(now.id()).place().account(), ReverseDns.class);
    }

    /**
     * Requests a name.
     *
     * @param typed a fully qualified host name; blank for the provider's own
     * @throws InvalidStateException unless the service is active
     */
    public Outcome name(UUID serviceId, String address, String typed) {
        var now = lockedServices.takeActive(serviceId);
        var hostname = Hostname.read(typed);
        if (hostname.isEmpty()) {
            return Outcome.INVALID;
        }
        var line = lines(serviceId).stream()
                .filter(one -> one.address().equals(address))
                .findFirst();
        if (line.isEmpty()) {
            return Outcome.NO_ADDRESS;
        }
        var wanted = hostname.get().text();
        if (line.get().wanted().isEmpty() && line.get().hostname().equals(wanted)) {
            return Outcome.UNCHANGED;
        }
        if (!isNameable(now)) {
            return Outcome.UNSUPPORTED;
        }
        sql.update("""
                insert into service_address (service_id, address, pending_hostname) values (?, ?, ?)
                on conflict (service_id, address) do update set pending_hostname = excluded.pending_hostname
                """, serviceId, address, wanted);
        items.write(ReverseDnsHandler.KIND, Ids.next(clock).toString(), serviceId);
        audit.record(
                "service.reverse_dns_changed",
                "service",
                serviceId.toString(),
                Map.of("address", address, "hostname", wanted));
        return Outcome.REQUESTED;
    }

    private List<Line> lines(UUID serviceId) {
        return sql.query(LINES, ServerReverseDns::line, serviceId, serviceId);
    }

    private static Line line(Row row) {
        return new Line(row.text("address"), row.text("hostname"), row.maybeText("pending_hostname"));
    }
}
