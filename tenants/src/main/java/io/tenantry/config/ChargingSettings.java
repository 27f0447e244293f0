package io.tenantry.config;

import java.time.Duration;

/**
 * How this node charges and invoices.
 *
 * @param timer {@code tenantry.charging.timer} (true): whether timers of this node charge and issue documents; manual starts are
 *     always possible
 * @param workers {@code tenantry.charging.workers} (2): the number of charging workers on this node
 * @param batchWallets {@code tenantry.charging.batch-wallets} (1000): the number of wallets charged in one transaction
 * @param sliceWallets {@code tenantry.charging.slice-wallets} (20000): the number of wallets in one slice, the unit that a worker
 *     claims
 * @param lease {@code tenantry.charging.lease} (PT30S): how long a claim is valid without being renewed
 */
public record ChargingSettings(boolean timer, int workers, int batchWallets, int sliceWallets, Duration lease) {
    static ChargingSettings read(SettingsSource source) {
        return new ChargingSettings(
                source.flag("tenantry.charging.timer", true),
                source.whole("tenantry.charging.workers", 2, 1, 32),
                source.whole("tenantry.charging.batch-wallets", 1_000, 1, 10_000),
                source.whole("tenantry.charging.slice-wallets", 20_000, 100, 1_000_000),
                source.span(
                        "tenantry.charging.lease",
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10)));
    }
}
