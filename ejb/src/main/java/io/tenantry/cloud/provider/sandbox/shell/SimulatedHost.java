package io.tenantry.cloud.provider.sandbox.shell;

import java.time.Clock;
import java.time.Instant;

/**
 * The simulated machine of a shell.
 *
 * @param system its pretty name, such as Debian GNU/Linux 13
 * @param seed determines its load: the same seed yields the same load
 */
public record SimulatedHost(
        String hostname,
        String system,
        String address,
        int vcpus,
        int memoryMib,
        int diskGib,
        Instant bootedAt,
        long seed,
        Clock clock) {
    /** Returns the hostname up to the first dot. */
    String shortName() {
        var dot = hostname.indexOf('.');
        return dot > 0 ? hostname.substring(0, dot) : hostname;
    }

    Instant now() {
        return clock.instant();
    }

    SimulatedLoad load() {
        return SimulatedLoad.of(this);
    }
}
