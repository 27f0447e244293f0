package io.tenantry.options;

import io.tenantry.charging.Charging;
import io.tenantry.options.ServiceOption.State;
import io.tenantry.options.ServiceOption.Wanted;
import io.tenantry.provisioning.ServicesEnded;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Holds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of options when their server ends, as at vendors: its backups are gone with it and charged no more; its volumes are kept,
 * without a server, and go on costing until somebody deletes them.
 */
@ApplicationScoped
public class ServerEnds {
    @Inject
    Sql sql;

    @Inject
    OptionRecords records;

    @Inject
    Charging charging;

    @Inject
    Holds holds;

    /** For the container. */
    public ServerEnds() {}

    /** For use outside a container. */
    ServerEnds(Sql sql, OptionRecords records, Charging charging, Holds holds) {
        this.sql = sql;
        this.records = records;
        this.charging = charging;
        this.holds = holds;
    }

    /** All options are locked before the first wallet is. */
    void serversEnded(@Observes ServicesEnded event) {
        var options = under(event.serviceIds()).stream().map(records::lock).toList();
        for (var option : options) {
            switch (option.kind()) {
                case VOLUME -> keep(option);
                case BACKUP -> end(option, event.at());
            }
        }
    }

    private List<UUID> under(List<UUID> serviceIds) {
        return sql.query("""
                select id from service_option
                 where service_id = any (?) and state in ('ORDERED', 'ACTIVE', 'TERMINATING')
                 order by wallet_id, id
                """, row -> row.uuid("id"), (Object) serviceIds.toArray(UUID[]::new));
    }

    private void keep(ServiceOption volume) {
        if (volume.state() == State.TERMINATING) {
            return;
        }
        records.attach(volume, false);
        if (volume.wants(Wanted.ATTACH) || volume.wants(Wanted.DETACH)) {
            records.settle(volume);
        }
        records.tell(volume, "kept");
    }

    private void end(ServiceOption backup, Instant at) {
        switch (backup.state()) {
            case ORDERED -> {
                holds.release(backup.walletId(), backup.id());
                records.fail(backup, at, "its server has ended");
            }
            case ACTIVE -> {
                charging.end(backup.id(), backup.walletId(), at);
                records.end(backup, State.TERMINATED, at);
            }
            case TERMINATING -> records.end(backup, State.TERMINATED, at);
            case TERMINATED, FAILED -> {}
        }
    }
}
