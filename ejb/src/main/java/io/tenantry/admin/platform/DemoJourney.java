package io.tenantry.admin.platform;

import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Moves a demo's clock to its destination, never past a midnight (UTC) in one step: the caller does all work of a day before the next day
 * starts. A process that dies between two tenants leaves some rows older than others by at most a day; charging does not depend on those.
 */
@ApplicationScoped
public class DemoJourney {
    private static final System.Logger LOG = System.getLogger(DemoJourney.class.getName());

    @Inject
    DemoClock demoClock;

    @Inject
    MovableClock clock;

    @Inject
    TenantDirectory tenants;

    /**
     * Moves the clock by a day at most.
     *
     * @return whether it moved; false at the destination
     */
    public boolean advance() {
        var destination = demoClock.destination();
        if (destination.isEmpty()) {
            return false;
        }
        var step = step(clock.instant(), destination.get().minus(clock.offset()));
        age(step);
        demoClock.moveTo(clock.offset().plus(step));
        return true;
    }

    /**
     * Resumes the clock of a stopped demo. Days missed while it was stopped become its destination: timestamps of the database's clock then
     * have the same age as before.
     */
    public void resume() {
        var missed = demoClock.resume();
        if (!missed.isZero()) {
            LOG.log(System.Logger.Level.INFO, "the demo was stopped for {0}; it catches up on these days now", missed);
            age(missed.negated());
        }
    }

    /** Records that the demo is running. */
    public void recordHeartbeat() {
        demoClock.recordHeartbeat();
    }

    private void age(Duration step) {
        for (var tenant : tenants.all()) {
            if (tenant.isThere()) {
                demoClock.age(tenant.id(), step);
            }
        }
    }

    /** Up to the next midnight, or the remaining distance; in whole seconds, the unit of the stored offset. */
    static Duration step(Instant now, Duration left) {
        var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        var toMidnight = Duration.ofSeconds(
                Duration.between(now, midnight).plusNanos(999_999_999).toSeconds());
        return left.compareTo(toMidnight) < 0 ? left : toMidnight;
    }
}
