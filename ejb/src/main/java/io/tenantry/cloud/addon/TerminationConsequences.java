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
 * What is lost and what remains when a server ends or its backups are switched off, shown before the confirmation. Uses the rules of
 * {@link ServerTerminationListener} and {@link BackupOrders}, so that the preview matches what happens.
 */
@Stateless
public class TerminationConsequences {
    @Inject
    ServerTerminationListener ends;

    @Inject
    AddonServers addonServers;

    @Inject
    Sql sql;

    /** For the container. */
    public TerminationConsequences() {}

    /** For use outside a container. */
    TerminationConsequences(ServerTerminationListener ends, AddonServers addonServers, Sql sql) {
        this.ends = ends;
        this.addonServers = addonServers;
        this.sql = sql;
    }

    /**
     * An affected add-on.
     *
     * @param name the customer's name; for an address, the address; for backups, a name that does not distinguish them
     */
    public record AffectedResource(UUID id, UUID serviceId, AddonType kind, String name, Disposition disposition) {
        private static AffectedResource of(Addon option, Disposition disposition) {
            return new AffectedResource(option.id(), option.serviceId(), option.kind(), option.name(), disposition);
        }
    }

    /**
     * Returns what becomes of the add-ons if these servers end now, losses first.
     *
     * @throws io.tenantry.people.identity.NotFoundException if one of the servers is not visible
     * @throws io.tenantry.people.identity.AccessDeniedException if the caller may not terminate one of them
     */
    public List<AffectedResource> ofEnding(Collection<UUID> serviceIds) {
        var ids = serviceIds.stream().distinct().toList();
        ids.forEach(id -> addonServers.read(id, Permission.VPS_DELETE));
        return ends.concerned(ids).stream()
                .map(option -> AffectedResource.of(option, ServerTerminationListener.fate(option)))
                .sorted((one, other) -> other.disposition().compareTo(one.disposition()))
                .toList();
    }

    /** Returns the names of servers, sorted. */
    public List<String> names(Collection<UUID> serviceIds) {
        serviceIds.forEach(id -> addonServers.read(id, Permission.VPS_DELETE));
        return sql.query("select name from service where id = any (?) order by name", row -> row.text("name"), (Object)
                serviceIds.toArray(UUID[]::new));
    }

    /**
     * Returns what is lost if a server's backups are switched off now: the backups, and snapshots that their provider keeps only together with
     * them.
     */
    public List<AffectedResource> ofSwitchingOffBackups(UUID serviceId) {
        addonServers.read(serviceId, Permission.VPS_DELETE);
        return ends.concerned(List.of(serviceId)).stream()
                .filter(option -> option.kind() == AddonType.BACKUP || option.isKept(Keeping.WITH_BACKUPS))
                .flatMap(option -> Stream.of(AffectedResource.of(option, Disposition.GONE)))
                .toList();
    }
}
