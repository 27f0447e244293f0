package io.tenantry.platform;

import io.tenantry.config.Settings;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.time.MovableClock;
import io.tenantry.time.RealTimestamps;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock of everybody in a demo, which moves forward only. Operators set a destination, {@link DemoJourney} goes there day by day. How far
 * the clock stands from real time, and where it is going, is kept, so that a restart goes on from there. Each method is a transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DemoClock {
    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    MovableClock clock;

    @Inject
    Settings settings;

    @Inject
    @Any
    Instance<RealTimestamps> timestamps;

    /**
     * Sets the destination further ahead.
     *
     * @return the destination
     * @throws IllegalStateException outside a demo
     */
    public Instant forward(Duration step) {
        if (!settings.demo()) {
            throw new IllegalStateException("only a demo's clock can be moved: tenantry.demo is false");
        }
        if (step.isNegative() || step.isZero()) {
            throw new IllegalArgumentException("a clock is moved forward only, not by " + step);
        }
        return Tenancy.in(Scope.PLATFORM, () -> {
            access.require(Permission.PLATFORM_RUNS_MANAGE);
            var target = sql.one("""
                    insert into moved_clock (offset_seconds, target_seconds) values (0, ?)
                    on conflict (one) do update
                       set target_seconds = coalesce(moved_clock.target_seconds, moved_clock.offset_seconds) + excluded.target_seconds
                    returning target_seconds
                    """, row -> Duration.ofSeconds(row.big("target_seconds")), step.toSeconds());
            return clock.real().plus(target);
        });
    }

    /** Where the clock is going, as seconds ahead of real time; empty if it has arrived. */
    public Optional<Duration> destination() {
        if (!settings.demo()) {
            return Optional.empty();
        }
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        "select target_seconds from moved_clock where target_seconds is not null",
                        row -> Duration.ofSeconds(row.big("target_seconds"))));
    }

    /** Moves what the database's clock wrote in a tenant back by a step. */
    public void age(TenantId tenant, Duration step) {
        Tenancy.in(tenant, () -> {
            timestamps.forEach(some -> some.age(step));
            return true;
        });
    }

    /** Lets the clock stand that far ahead of real time. */
    public void moveTo(Duration ahead) {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("""
                        update moved_clock
                           set offset_seconds = ?, target_seconds = case when target_seconds > ? then target_seconds end
                        """, ahead.toSeconds(), ahead.toSeconds()));
        clock.moveBy(ahead);
    }

    /** Takes up the offset that a demo was left with. */
    public void resume() {
        if (!settings.demo()) {
            return;
        }
        Tenancy.in(
                        Scope.PLATFORM,
                        () -> sql.first(
                                "select offset_seconds from moved_clock",
                                row -> Duration.ofSeconds(row.big("offset_seconds"))))
                .ifPresent(clock::moveBy);
    }
}
