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
 * Which key each server showed when it was first connected to. Who shows another may be somebody else: nobody is connected until a person
 * who manages the server has accepted that very key.
 */
@Stateless
public class HostKeys {
    private static final String SERVICE = "service";

    /** Its own system and each start of a rescue system have a key apart: this is the one that it runs, as far as we know. */
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

    /** A key that was shown instead, and that nobody has accepted. */
    public record Offered(String fingerprint, Instant at) {}

    /** The key that a server is known by. */
    public record Pinned(String fingerprint, Instant at, String by, Optional<Offered> offered) {}

    /** Of a service, for those who may open its console. */
    public Optional<Pinned> look(UUID serviceId) {
        require(serviceId, Permission.VPS_CONSOLE);
        return of(serviceId);
    }

    /** Of a service; asks for no right: part of what did. */
    public Optional<Pinned> of(UUID serviceId) {
        return sql.first("""
                select fingerprint, pinned_at, pinned_by, offered, offered_at from service_host_key
                 where service_id = ? and system =\s""" + SYSTEM, HostKeys::read, serviceId);
    }

    /**
     * The key that it showed becomes the one that it is known by, unless there is one.
     *
     * @return what it is known by now
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

    /** It showed another one than it is known by. */
    public void offered(UUID serviceId, String fingerprint) {
        var isNew = sql.update("""
                        update service_host_key set offered = ?, offered_at = ?
                         where service_id = ? and offered is distinct from ? and system =\s""" + SYSTEM, fingerprint, clock.instant(), serviceId, fingerprint) > 0;
        if (isNew) {
            audit.record("console.host_key_refused", SERVICE, serviceId.toString(), Map.of("fingerprint", fingerprint));
        }
    }

    /**
     * A person says that the key is the server's: it is known by that one from now on.
     *
     * @return false if it was not the last one that was shown
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

    /** Its server has begun anew, with a key of its own: the next one that it shows is the one that it is known by. Part of what did that. */
    public void forget(UUID serviceId) {
        if (sql.update("delete from service_host_key where service_id = ?", serviceId) > 0) {
            audit.record("console.host_key_forgotten", SERVICE, serviceId);
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
                row.maybeText("offered").map(key -> new Offered(key, row.instant("offered_at"))));
    }
}
