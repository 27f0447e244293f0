package io.tenantry.cloud.addon;

import io.tenantry.kernel.time.RealTimestamps;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** The times at which add-ons were requested from providers and compared with what providers have. */
@ApplicationScoped
class AddonTimestamps implements RealTimestamps {
    private final Sql sql;

    @Inject
    AddonTimestamps(Sql sql) {
        this.sql = sql;
    }

    @Override
    public void age(Duration by) {
        var step = by.toString();
        sql.update("""
                update addon
                   set requested_at = requested_at - ?::interval, not_found_at = not_found_at - ?::interval
                 where requested_at is not null or not_found_at is not null
                """, step, step);
        sql.update("""
                update addon_discrepancy
                   set first_seen_at = first_seen_at - ?::interval, last_seen_at = last_seen_at - ?::interval,
                       confirmed_at = confirmed_at - ?::interval, requested_at = requested_at - ?::interval,
                       dismissed_at = dismissed_at - ?::interval, resolved_at = resolved_at - ?::interval
                """, step, step, step, step, step, step);
    }
}
