package io.tenantry.web.security;

import io.tenantry.config.Settings;
import io.tenantry.kernel.limits.TokenBuckets;
import io.tenantry.people.identity.NetworkAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The rate limits of API requests by key, by reseller and by network address. Kept in memory by each node separately: a limit protects a node,
 * and a database queried on each request would be the first to need protection. Addresses are counted before a key is looked up, so guessing
 * keys costs us nothing but that.
 */
@ApplicationScoped
public class RateLimits {
    private static final int SUBJECTS_MAX = 20_000;

    /** More than a person would write to a reseller manually. */
    private static final int ENQUIRIES_A_MINUTE = 5;

    @Inject
    Settings settings;

    private final TokenBuckets keys = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets tenants = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets addresses = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets contactSenders = new TokenBuckets(SUBJECTS_MAX);

    /** Counts a request from an address; returns how long to wait if it exceeds the limit. */
    Optional<Duration> ofAddress(String address) {
        return addresses.take(NetworkAddress.network(address), settings.apiRateAddress(), System.nanoTime());
    }

    /** Counts an inquiry from an address; returns how long to wait if it exceeds the limit. */
    public Optional<Duration> ofEnquiry(String address) {
        return contactSenders.take(NetworkAddress.network(address), ENQUIRIES_A_MINUTE, System.nanoTime());
    }

    /** Counts a request with a key of a scope; returns how long to wait if it exceeds the limit. */
    Optional<Duration> ofKey(UUID key, String scope) {
        var now = System.nanoTime();
        return keys.take(key.toString(), settings.apiRateKey(), now)
                .or(() -> tenants.take(scope, settings.apiRateTenant(), now));
    }
}
