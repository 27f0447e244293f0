package io.tenantry.admin.platform;

import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Moves a demo's clock to its destination, never past a midnight (UTC) at once: whoever calls it does all work of a day before the next day
 * begins. A process that dies between two tenants leaves some rows older than others by at most a day; nothing is charged by those.
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
     * Takes up the clock as the demo was left. Days that went by while it was stopped lie ahead, as a journey: what the database's clock wrote
     * is as old then as it was.
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

    /** To the next midnight, or as far as is left; whole seconds, as the offset is kept in these. */
    static Duration step(Instant now, Duration left) {
        var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        var toMidnight = Duration.ofSeconds(
                Duration.between(now, midnight).plusNanos(999_999_999).toSeconds());
        return left.compareTo(toMidnight) < 0 ? left : toMidnight;
    }
}
