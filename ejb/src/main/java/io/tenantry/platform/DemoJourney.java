package io.tenantry.platform;

import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.time.MovableClock;
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
        for (var tenant : tenants.all()) {
            if (tenant.state() != Tenant.State.CREATING && tenant.state() != Tenant.State.MOVING) {
                demoClock.age(tenant.id(), step);
            }
        }
        demoClock.moveTo(clock.offset().plus(step));
        return true;
    }

    /** To the next midnight, or as far as is left; whole seconds, as the offset is kept in these. */
    static Duration step(Instant now, Duration left) {
        var midnight = now.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        var toMidnight = Duration.ofSeconds(
                Duration.between(now, midnight).plusNanos(999_999_999).toSeconds());
        return left.compareTo(toMidnight) < 0 ? left : toMidnight;
    }
}
