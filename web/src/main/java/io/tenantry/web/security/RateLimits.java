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
 * How often programs may ask, by key, by reseller and by network address. Kept in memory and by each node for itself: a limit
 * protects a node, and a database asked at each request would be the first to need protection. Addresses are counted before a
 * key is looked up, so guessing keys costs us nothing but that.
 */
@ApplicationScoped
public class RateLimits {
    private static final int SUBJECTS_MAX = 20_000;

    /** Nobody writes to a reseller more often by hand. */
    private static final int ENQUIRIES_A_MINUTE = 5;

    @Inject
    Settings settings;

    private final TokenBuckets keys = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets tenants = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets addresses = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets enquirers = new TokenBuckets(SUBJECTS_MAX);

    /** Counts a request from an address; how long to wait if it is one too many. */
    Optional<Duration> ofAddress(String address) {
        return addresses.take(NetworkAddress.network(address), settings.apiRateAddress(), System.nanoTime());
    }

    /** Counts an enquiry from an address; how long to wait if it is one too many. */
    public Optional<Duration> ofEnquiry(String address) {
        return enquirers.take(NetworkAddress.network(address), ENQUIRIES_A_MINUTE, System.nanoTime());
    }

    /** Counts a request with a key of a scope; how long to wait if it is one too many. */
    Optional<Duration> ofKey(UUID key, String scope) {
        var now = System.nanoTime();
        return keys.take(key.toString(), settings.apiRateKey(), now)
                .or(() -> tenants.take(scope, settings.apiRateTenant(), now));
    }
}
