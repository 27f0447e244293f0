package io.tenantry.cloud.reconciliation;

import io.tenantry.kernel.time.RealTimestamps;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** The times at which accounts were compared with the services and discrepancies were seen. */
@ApplicationScoped
class DiscrepancyTimestamps implements RealTimestamps {
    private final Sql sql;

    @Inject
    DiscrepancyTimestamps(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void age(Duration by) {
        var step = by.toString();
        sql.update("""
                update provider_scan
                   set started_at = started_at - ?::interval, completed_at = completed_at - ?::interval
                """, step, step);
        sql.update("""
                update server_discrepancy
                   set first_seen_at = first_seen_at - ?::interval, last_seen_at = last_seen_at - ?::interval,
                       confirmed_at = confirmed_at - ?::interval, requested_at = requested_at - ?::interval,
                       dismissed_at = dismissed_at - ?::interval, resolved_at = resolved_at - ?::interval
                """, step, step, step, step, step, step);
        sql.update("""
                update power_observation
                   set checked_at = checked_at - ?::interval, since = since - ?::interval
                """, step, step);
    }
}
