package io.tenantry.config;

import java.time.Duration;

/**
 * How many consoles may be open on this node, and how long without input.
 *
 * @param idle {@code tenantry.console.idle} (PT15M): the time without input after which a console is closed
 * @param perPerson {@code tenantry.console.each} (5): the number of consoles that one person may have open
 * @param perTenant {@code tenantry.console.tenant} (50): the number of consoles of one reseller's servers that may be open
 * @param perNode {@code tenantry.console.most} (250): the number of consoles that may be open
 */
public record ConsoleSettings(Duration idle, int perPerson, int perTenant, int perNode) {
    static ConsoleSettings read(SettingsSource source) {
        return new ConsoleSettings(
                source.span(
                        "tenantry.console.idle", Duration.ofMinutes(15), Duration.ofSeconds(5), Duration.ofHours(8)),
                source.whole("tenantry.console.each", 5, 1, 1_000),
                source.whole("tenantry.console.tenant", 50, 1, 10_000),
                source.whole("tenantry.console.most", 250, 1, 10_000));
    }
}
