package io.tenantry.options;

import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.tenancy.Sql;
import io.tenantry.time.Ids;
import io.tenantry.work.WorkItems;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of volumes when their server has begun anew, or was put back: some vendors take them off it (Linode deletes the configuration
 * that they stand in). So each is looked at, and attached again unless it is.
 */
@ApplicationScoped
public class ServersAnew {
    /** Options are locked before anybody writes to the audit trail. */
    private static final int EARLY = 1_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    OptionRecords records;

    @Inject
    WorkItems items;

    /** For the container. */
    public ServersAnew() {}

    /** For use outside a container. */
    ServersAnew(Sql sql, Clock clock, OptionRecords records, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.records = records;
        this.items = items;
    }

    void begunAnew(@Observes @Priority(EARLY) Rebuilt event) {
        for (var id : attached(event.serviceId())) {
            var volume = records.lock(id);
            if (volume.state() == State.ACTIVE && volume.wanted().isEmpty()) {
                records.want(volume, Wanted.ATTACH);
                items.write(VolumeWork.KIND, Ids.next(clock).toString(), id);
            }
        }
    }

    private List<UUID> attached(UUID serviceId) {
        return sql.query(
                "select id from service_option where service_id = ? and attached order by id",
                row -> row.uuid("id"),
                serviceId);
    }
}
