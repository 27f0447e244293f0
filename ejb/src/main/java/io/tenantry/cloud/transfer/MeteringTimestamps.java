package io.tenantry.cloud.transfer;

import io.tenantry.kernel.time.RealTimestamps;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** The times at which providers were last asked for the transfer of servers. */
@ApplicationScoped
class MeteringTimestamps implements RealTimestamps {
    private final Sql sql;

    @Inject
    MeteringTimestamps(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void age(Duration by) {
        sql.update("update transfer_poll set tried_at = tried_at - ?::interval", by.toString());
    }
}
