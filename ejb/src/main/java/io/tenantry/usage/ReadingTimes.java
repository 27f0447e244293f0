package io.tenantry.usage;

import io.tenantry.tenancy.Sql;
import io.tenantry.time.RealTimestamps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** When providers were last asked for what servers transfer. */
@ApplicationScoped
class ReadingTimes implements RealTimestamps {
    private final Sql sql;

    @Inject
    ReadingTimes(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void age(Duration by) {
        sql.update("update transfer_reading set tried_at = tried_at - ?::interval", by.toString());
    }
}
