package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.Addon.State;
import io.tenantry.cloud.addon.Addon.Wanted;
import io.tenantry.cloud.provisioning.ServerRebuilt;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * Handles the volumes of a server that was rebuilt or restored: some providers detach them (Linode deletes the configuration that contains
 * them). Each volume is checked, and attached again if necessary.
 */
@ApplicationScoped
public class ServerRebuiltListener {
    /** Add-ons are locked before anything is written to the audit trail. */
    private static final int EARLY = 1_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    AddonRepository records;

    @Inject
    WorkItems items;

    /** For the container. */
    public ServerRebuiltListener() {}

    /** For use outside a container. */
    ServerRebuiltListener(Sql sql, Clock clock, AddonRepository records, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.items = items;
    }

    void rebuildStarted(@Observes @Priority(EARLY) ServerRebuilt event) {
        for (var id : attached(event.serviceId())) {
            var volume = records.lock(id);
            if (volume.state() == State.ACTIVE && volume.wanted().isEmpty()) {
                records.want(volume, Wanted.ATTACH);
                items.write(VolumeHandler.KIND, Ids.next(clock).toString(), id);
            }
        }
    }

    private List<UUID> attached(UUID serviceId) {
        return sql.query(
                "select id from addon where service_id = ? and attached order by id", row -> row.uuid("id"), serviceId);
    }
}
