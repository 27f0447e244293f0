package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.ServerTerminationListener.Disposition;
import io.tenantry.cloud.provider.Snapshots.Keeping;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What goes and what stays when a server ends or its backups are switched off, for whoever is about to do it. The rules are those by which
 * {@link ServerTerminationListener} and {@link BackupOrders} act, so that nobody is told anything else than what happens.
 */
@Stateless
public class EndConsequences {
    @Inject
    ServerTerminationListener ends;

    @Inject
    AddonServers addonServers;

    @Inject
    Sql sql;

    /** For the container. */
    public EndConsequences() {}

    /** For use outside a container. */
    EndConsequences(ServerTerminationListener ends, AddonServers addonServers, Sql sql) {
        this.ends = ends;
        this.addonServers = addonServers;
        this.sql = sql;
    }

    /**
     * Something beside a server.
     *
     * @param name as the customer called it; of an address, the address; of backups nothing that tells them apart
     */
    public record AffectedResource(UUID id, UUID serviceId, AddonType kind, String name, Disposition disposition) {
        private static AffectedResource of(Addon option, Disposition disposition) {
            return new AffectedResource(option.id(), option.serviceId(), option.kind(), option.name(), disposition);
        }
    }

    /**
     * What becomes of the things beside servers if these end now, what goes first.
     *
     * @throws io.tenantry.people.identity.NotFoundException if one of the servers is not to be seen
     * @throws io.tenantry.people.identity.AccessDeniedException if one of them may not be ended by whoever acts
     */
    public List<AffectedResource> ofEnding(Collection<UUID> serviceIds) {
        var ids = serviceIds.stream().distinct().toList();
        ids.forEach(id -> addonServers.read(id, Permission.VPS_DELETE));
        return ends.concerned(ids).stream()
                .map(option -> AffectedResource.of(option, ServerTerminationListener.fate(option)))
                .sorted((one, other) -> other.disposition().compareTo(one.disposition()))
                .toList();
    }

    /** What servers are called, by name. */
    public List<String> names(Collection<UUID> serviceIds) {
        serviceIds.forEach(id -> addonServers.read(id, Permission.VPS_DELETE));
        return sql.query("select name from service where id = any (?) order by name", row -> row.text("name"), (Object)
                serviceIds.toArray(UUID[]::new));
    }

    /** What goes if a server's backups are switched off now: the copies, and snapshots that their vendor keeps as long as them. */
    public List<AffectedResource> ofSwitchingOffBackups(UUID serviceId) {
        addonServers.read(serviceId, Permission.VPS_DELETE);
        return ends.concerned(List.of(serviceId)).stream()
                .filter(option -> option.kind() == AddonType.BACKUP || option.isKept(Keeping.WITH_BACKUPS))
                .flatMap(option -> Stream.of(AffectedResource.of(option, Disposition.GONE)))
                .toList();
    }
}
