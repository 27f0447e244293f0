package io.tenantry.config;

/**
 * How many API requests per minute this node allows.
 *
 * @param perKey {@code tenantry.api.rate.key} (600): for one API key
 * @param perTenant {@code tenantry.api.rate.tenant} (6000): for the keys of all customers of a reseller, and again for its staff's
 * @param perAddress {@code tenantry.api.rate.address} (1200): from one network address, with or without a valid key
 */
public record ApiRateSettings(int perKey, int perTenant, int perAddress) {
    static ApiRateSettings read(SettingsSource source) {
        return new ApiRateSettings(
                source.whole("tenantry.api.rate.key", 600, 1, 1_000_000),
                source.whole("tenantry.api.rate.tenant", 6_000, 1, 10_000_000),
                source.whole("tenantry.api.rate.address", 1_200, 1, 1_000_000));
    }
}
