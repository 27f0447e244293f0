package io.tenantry.options;

import io.tenantry.identity.Permission;
import io.tenantry.options.ServerEnds.Fate;
import io.tenantry.provider.Snapshots.Keeping;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What goes and what stays when a server ends or its backups are switched off, for whoever is about to do it. The rules are those by which
 * {@link ServerEnds} and {@link BackupOrders} act, so that nobody is told anything else than what happens.
 */
@Stateless
public class EndConsequences {
    @Inject
    ServerEnds ends;

    @Inject
    Hosts hosts;

    @Inject
    Sql sql;

    /** For the container. */
    public EndConsequences() {}

    /** For use outside a container. */
    EndConsequences(ServerEnds ends, Hosts hosts, Sql sql) {
        this.ends = ends;
        this.hosts = hosts;
        this.sql = sql;
    }

    /**
     * Something beside a server.
     *
     * @param name as the customer called it; of an address, the address; of backups nothing that tells them apart
     */
    public record Thing(UUID id, UUID serviceId, OptionKind kind, String name, Fate fate) {
        private static Thing of(ServiceOption option, Fate fate) {
            return new Thing(option.id(), option.serviceId(), option.kind(), option.name(), fate);
        }
    }

    /**
     * What becomes of the things beside servers if these end now, what goes first.
     *
     * @throws io.tenantry.identity.NotVisible if one of the servers is not to be seen
     * @throws io.tenantry.identity.AccessDenied if one of them may not be ended by whoever acts
     */
    public List<Thing> ofEnding(Collection<UUID> serviceIds) {
        var ids = serviceIds.stream().distinct().toList();
        ids.forEach(id -> hosts.read(id, Permission.VPS_DELETE));
        return ends.concerned(ids).stream()
                .map(option -> Thing.of(option, ServerEnds.fate(option)))
                .sorted((one, other) -> other.fate().compareTo(one.fate()))
                .toList();
    }

    /** What servers are called, by name. */
    public List<String> names(Collection<UUID> serviceIds) {
        serviceIds.forEach(id -> hosts.read(id, Permission.VPS_DELETE));
        return sql.query("select name from service where id = any (?) order by name", row -> row.text("name"), (Object)
                serviceIds.toArray(UUID[]::new));
    }

    /** What goes if a server's backups are switched off now: the copies, and snapshots that their vendor keeps as long as them. */
    public List<Thing> ofSwitchingOffBackups(UUID serviceId) {
        hosts.read(serviceId, Permission.VPS_DELETE);
        return ends.concerned(List.of(serviceId)).stream()
                .filter(option -> option.kind() == OptionKind.BACKUP || option.isKept(Keeping.WITH_BACKUPS))
                .flatMap(option -> Stream.of(Thing.of(option, Fate.GONE)))
                .toList();
    }
}
