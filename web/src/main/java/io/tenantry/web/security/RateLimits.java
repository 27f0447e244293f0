package io.tenantry.web.security;

import io.tenantry.config.Settings;
import io.tenantry.kernel.limits.TokenBuckets;
import io.tenantry.kernel.limits.TokenBuckets.Share;
import io.tenantry.people.identity.CurrentApiKey;
import io.tenantry.people.identity.NetworkAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rate limits of API requests by key, by organization, by reseller and by network address. Kept in memory by each node separately: a limit protects a node,
 * and a database queried on each request would be the first to need protection. Addresses are counted before a key is looked up, so guessing
 * keys costs us nothing but that.
 */
@ApplicationScoped
public class RateLimits {
    private static final int SUBJECTS_MAX = 20_000;

    /** More than a person would write to a reseller manually. */
    private static final int ENQUIRIES_A_MINUTE = 5;

    /** The keys of an organization have a quarter of what those of all customers have. */
    private static final int ORGANIZATION_PART = 4;

    @Inject
    Settings settings;

    private final TokenBuckets keys = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets addresses = new TokenBuckets(SUBJECTS_MAX);
    private final TokenBuckets contactSenders = new TokenBuckets(SUBJECTS_MAX);

    /** Counts a request from an address; returns how long to wait if it exceeds the limit. */
    Optional<Duration> ofAddress(String address) {
        return addresses.take(
                NetworkAddress.network(address), settings.apiRates().perAddress(), System.nanoTime());
    }

    /** Counts an inquiry from an address; returns how long to wait if it exceeds the limit. */
    public Optional<Duration> ofEnquiry(String address) {
        return contactSenders.take(NetworkAddress.network(address), ENQUIRIES_A_MINUTE, System.nanoTime());
    }

    /**
     * Counts a request with a key; returns how long to wait if it exceeds the limit of the key, of its organization, or of all customers. Keys
     * of staff and of operators share a limit of their own: no customer uses it up.
     *
     * @param scope the scope of the key
     */
    Optional<Duration> ofKey(CurrentApiKey key, String scope) {
        var all = settings.apiRates().perTenant();
        var own = new Share(key.id().toString(), settings.apiRates().perKey());
        var organization = key.organizationId();
        var shares = organization == null
                ? List.of(own, new Share(scope + " staff", all))
                : List.of(
                        own,
                        new Share(scope + " " + organization, Math.max(1, all / ORGANIZATION_PART)),
                        new Share(scope + " customers", all));
        return keys.take(shares, System.nanoTime());
    }
}
