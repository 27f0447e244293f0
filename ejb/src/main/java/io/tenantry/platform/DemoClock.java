package io.tenantry.platform;

import io.tenantry.config.Settings;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.time.MovableClock;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;

/**
 * Moves everybody's clock, forward only and only in a demo, so that one can watch a month being charged in a minute. How far
 * it stands from real time is kept, so that a restart goes on from there.
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

    /**
     * Moves the clock forward.
     *
     * @throws IllegalStateException outside a demo
     */
    public Instant forward(Duration step) {
        if (!settings.demo()) {
            throw new IllegalStateException("only a demo's clock can be moved: tenantry.demo is false");
        }
        if (step.isNegative()) {
            throw new IllegalArgumentException("a clock is moved forward only, not by " + step);
        }
        return Tenancy.in(Scope.PLATFORM, () -> {
            access.require(Permission.PLATFORM_RUNS_MANAGE);
            var ahead = clock.offset().plus(step);
            sql.update("""
                    insert into moved_clock (offset_seconds) values (?)
                    on conflict (one) do update set offset_seconds = excluded.offset_seconds
                    """, ahead.toSeconds());
            clock.moveBy(ahead);
            return clock.instant();
        });
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
