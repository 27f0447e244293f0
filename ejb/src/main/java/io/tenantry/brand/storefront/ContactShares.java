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
 * How many enquiries of a reseller may come from one network address, so that none takes what all together may send. In memory, by each node for
 * itself: no address of strangers is kept.
 */
@ApplicationScoped
public class ContactShares {
    /** At once; then one each ten minutes. */
    static final int HOURLY_MAX = 6;

    private static final int SUBJECTS_MAX = 20_000;

    private final TokenBuckets addresses = new TokenBuckets(SUBJECTS_MAX, Duration.ofHours(1));

    /** Whether the address of this request may send one more to the reseller; counts it. */
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
