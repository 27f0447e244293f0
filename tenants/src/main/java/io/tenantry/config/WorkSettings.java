package io.tenantry.config;

import java.time.Duration;

/**
 * How this node processes work items.
 *
 * @param timer {@code tenantry.work.timer} (true): whether this node processes work items, such as requesting servers from
 *     providers
 * @param workers {@code tenantry.work.workers} (2): the number of work items that this node processes at once
 * @param lease {@code tenantry.work.lease} (PT3M): how long a worker may hold a claimed work item; longer than a provider may take
 *     to answer
 */
public record WorkSettings(boolean timer, int workers, Duration lease) {
    static WorkSettings read(SettingsSource source) {
        return new WorkSettings(
                source.flag("tenantry.work.timer", true),
                source.whole("tenantry.work.workers", 2, 1, 32),
                source.span("tenantry.work.lease", Duration.ofMinutes(3), Duration.ofSeconds(1), Duration.ofHours(1)));
    }
}
