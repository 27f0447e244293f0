package io.tenantry.admin.platform;

import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.kernel.time.RealTimestamps;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The global clock of a demo, which moves forward only. Operators set a destination, and {@link DemoJourney} moves there day by day. The offset
 * from real time and the destination are stored, so that a restart continues from there. Each method is a transaction.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DemoClock {
    /** Longer than the interval at which a running demo records its heartbeat. */
    private static final Duration HEARTBEAT_MISSED = Duration.ofMinutes(5);

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
            throw new IllegalArgumentException("the clock can only move forward, not by " + step);
        }
        return Tenancy.in(Scope.PLATFORM, () -> {
            access.require(Permission.PLATFORM_CHARGING_MANAGE);
            var target = sql.one("""
                    insert into demo_clock (offset_seconds, target_seconds) values (0, ?)
                    on conflict (one) do update
                       set target_seconds = coalesce(demo_clock.target_seconds, demo_clock.offset_seconds) + excluded.target_seconds
                    returning target_seconds
                    """, row -> Duration.ofSeconds(row.big("target_seconds")), step.toSeconds());
            return clock.real().plus(target);
        });
    }

    /** Returns the destination, as seconds ahead of real time; empty if it is reached. */
    public Optional<Duration> destination() {
        if (!settings.demo()) {
            return Optional.empty();
        }
        return Tenancy.in(
                Scope.PLATFORM,
                () -> sql.first(
                        "select target_seconds from demo_clock where target_seconds is not null",
                        row -> Duration.ofSeconds(row.big("target_seconds"))));
    }

    /** Moves timestamps of the database's clock in a tenant back by a step. */
    public void age(TenantId tenant, Duration step) {
        Tenancy.in(tenant, () -> {
            timestamps.forEach(some -> some.age(step));
            return true;
        });
    }

    /** Sets the clock that far ahead of real time. */
    public void moveTo(Duration ahead) {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("""
                        update demo_clock
                           set offset_seconds = ?, target_seconds = case when target_seconds > ? then target_seconds end
                        """, ahead.toSeconds(), ahead.toSeconds()));
        clock.moveBy(ahead);
    }

    /** Records that the demo is running. */
    public void recordHeartbeat() {
        Tenancy.in(Scope.PLATFORM, () -> sql.update("""
                        insert into demo_clock (offset_seconds, seen_at) values (0, clock_timestamp())
                        on conflict (one) do update set seen_at = excluded.seen_at
                        """));
    }

    /**
     * The state in which a demo was stopped.
     *
     * @param target its destination; empty if it was reached
     * @param stopped how long it was stopped, at least; zero if no heartbeat was recorded
     */
    private record StoppedState(Duration offset, Optional<Duration> target, Duration stopped) {}

    /**
     * Resumes the clock of a stopped demo. If a midnight (UTC) passed meanwhile, the clock continues from its last position with today as its
     * destination, so that no day is skipped.
     *
     * @return by how much less the clock is ahead than before; zero if no day was missed
     */
    public Duration resume() {
        if (!settings.demo()) {
            return Duration.ZERO;
        }
        return Tenancy.in(Scope.PLATFORM, () -> {
            var left = left();
            if (left.isEmpty()) {
                return Duration.ZERO;
            }
            var offset = left.get().offset();
            var missed = missed(clock.real().plus(offset), left.get().stopped());
            if (!missed.isZero()) {
                sql.update(
                        "update demo_clock set offset_seconds = ?, target_seconds = ?, seen_at = clock_timestamp()",
                        offset.minus(missed).toSeconds(),
                        left.get().target().orElse(offset).toSeconds());
            }
            clock.moveBy(offset.minus(missed));
            return missed;
        });
    }

    private Optional<StoppedState> left() {
        return sql.first(
                """
                select offset_seconds, target_seconds,
                       coalesce(extract(epoch from clock_timestamp() - seen_at), 0)::bigint as stopped
                  from demo_clock
                """,
                row -> new StoppedState(
                        Duration.ofSeconds(row.big("offset_seconds")),
                        row.maybeBig("target_seconds").map(Duration::ofSeconds),
                        Duration.ofSeconds(row.big("stopped"))));
    }

    /**
     * Returns the time to catch up on: none within a day. Less than since the last heartbeat, as rows written after it must not lie ahead of
     * the clock.
     */
    static Duration missed(Instant now, Duration stopped) {
        var missed = stopped.minus(HEARTBEAT_MISSED);
        return missed.isNegative()
                        || now.minus(missed).truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS))
                ? Duration.ZERO
                : missed;
    }
}
