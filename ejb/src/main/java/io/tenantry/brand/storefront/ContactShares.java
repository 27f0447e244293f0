package io.tenantry.brand.storefront;

import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.kernel.limits.TokenBuckets;
import io.tenantry.people.identity.NetworkAddress;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Limits the messages to a reseller from one network address, so that none uses up the limit for all. In memory, on each node separately:
 * addresses of strangers are not stored.
 */
@ApplicationScoped
public class ContactShares {
    /** At once; then one every ten minutes. */
    static final int HOURLY_MAX = 6;

    private static final int SUBJECTS_MAX = 20_000;

    private final TokenBuckets addresses = new TokenBuckets(SUBJECTS_MAX, Duration.ofHours(1));

    /** Takes one from the limit of this request's address for the reseller; returns whether there was one. */
    public boolean take(Instant now) {
        var address = RequestOrigin.current()
                .map(origin -> NetworkAddress.network(origin.address()))
                .orElse("");
        return addresses
                .take(
                        Tenancy.scope().label() + " " + address,
                        HOURLY_MAX,
                        TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli()))
                .isEmpty();
    }
}
