package io.tenantry.cloud.console;

import io.tenantry.cloud.provisioning.ServerEndpoints;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The host key that each server presented on the first connection. A server that presents another key may be an impostor: no connection is made
 * until a person who manages the server has accepted that very key.
 */
@Stateless
public class HostKeys {
    private static final String SERVICE = "service";

    /** The installed system and each start of a rescue system have separate keys: this is the one currently running, as far as known. */
    private static final String SYSTEM =
            "(select coalesce(s.rescue::text, 'own') from service s where s.id = service_id)";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    ServerEndpoints serverEndpoints;

    /** For the container. */
    public HostKeys() {}

    /** For use outside a container. */
    public HostKeys(Sql sql, Clock clock, Access access, AuditTrail audit, ServerEndpoints serverEndpoints) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.serverEndpoints = serverEndpoints;
    }

    /** A different key that was presented and has not been accepted. */
    public record OfferedKey(String fingerprint, Instant at) {}

    /** The known key of a server. */
    public record Pinned(String fingerprint, Instant at, String by, Optional<OfferedKey> offered) {}

    /** Returns the keys of a service to users who may open its console. */
    public Optional<Pinned> find(UUID serviceId) {
        require(serviceId, Permission.VPS_CONSOLE);
        return of(serviceId);
    }

    /** Returns the keys of a service. Requires no permission: called by use cases that have checked it. */
    public Optional<Pinned> of(UUID serviceId) {
        return sql.first("""
                select fingerprint, pinned_at, pinned_by, offered, offered_at from service_host_key
                 where service_id = ? and system =\s""" + SYSTEM, HostKeys::read, serviceId);
    }

    /**
     * Stores the presented key as the known one, unless there is one already.
     *
     * @return the key that is known now
     */
    public String pin(UUID serviceId, String fingerprint) {
        sql.update("""
                delete from service_host_key k using service s
                 where s.id = k.service_id and s.id = ? and k.system not in ('own', coalesce(s.rescue::text, 'own'))
                """, serviceId);
        sql.update("""
                insert into service_host_key (service_id, system, fingerprint, pinned_at, pinned_by)
                select id, coalesce(rescue::text, 'own'), ?, ?, ? from service where id = ?
                on conflict (service_id, system) do nothing
                """, fingerprint, clock.instant(), Actors.require().name(), serviceId);
        return of(serviceId).orElseThrow().fingerprint();
    }

    /** Records that a different key than the known one was presented. */
    public void offered(UUID serviceId, String fingerprint) {
        var isNew = sql.update("""
                        update service_host_key set offered = ?, offered_at = ?
                         where service_id = ? and offered is distinct from ? and system =\s""" + SYSTEM, fingerprint, clock.instant(), serviceId, fingerprint) > 0;
        if (isNew) {
            audit.record("console.host_key_refused", SERVICE, serviceId.toString(), Map.of("fingerprint", fingerprint));
        }
    }

    /**
     * Accepts a key as the server's; it is the known one from now on.
     *
     * @return false if it was not the last one presented
     */
    public boolean accept(UUID serviceId, String fingerprint) {
        require(serviceId, Permission.VPS_MANAGE);
        var isDone = sql.update("""
                        update service_host_key
                           set fingerprint = offered, pinned_at = ?, pinned_by = ?, offered = null, offered_at = null
                         where service_id = ? and offered = ? and system =\s""" + SYSTEM, clock.instant(), Actors.require().name(), serviceId, fingerprint) > 0;
        if (isDone) {
            audit.record(
                    "console.host_key_accepted", SERVICE, serviceId.toString(), Map.of("fingerprint", fingerprint));
        }
        return isDone;
    }

    /**
     * Forgets the key of a server that was rebuilt and has a new one: the next key presented becomes the known one. Called by the operation
     * that rebuilt it.
     */
    public void forget(UUID serviceId) {
        if (sql.update("delete from service_host_key where service_id = ?", serviceId) > 0) {
            audit.record("console.host_key_removed", SERVICE, serviceId);
        }
    }

    private void require(UUID serviceId, String permission) {
        var service = serverEndpoints.of(serviceId).orElseThrow(() -> new NotFoundException(SERVICE, serviceId));
        access.requireIn(service.organizationId(), permission);
    }

    private static Pinned read(Row row) {
        return new Pinned(
                row.text("fingerprint"),
                row.instant("pinned_at"),
                row.text("pinned_by"),
                row.maybeText("offered").map(key -> new OfferedKey(key, row.instant("offered_at"))));
    }
}
