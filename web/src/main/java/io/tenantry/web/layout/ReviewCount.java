package io.tenantry.web.layout;

import io.tenantry.cloud.addon.ReviewQueue;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The number of decisions that wait for a reseller's staff, for the frame of their pages. It is cached for two seconds, so that pages do not
 * query the database just for it.
 */
@ApplicationScoped
public class ReviewCount {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    @Inject
    ReviewQueue reviewQueue;

    private final Map<TenantId, CachedCount> known = new ConcurrentHashMap<>();

    private record CachedCount(int many, long askedAtNanos) {
        boolean isFresh() {
            return System.nanoTime() - askedAtNanos < REMEMBERED.toNanos();
        }
    }

    /** Discards the cached count of the entered tenant because a decision was made. */
    public void forget() {
        known.remove(Tenancy.tenant());
    }

    /** Returns the count for staff of the entered tenant who may view services. */
    int now() {
        var tenant = Tenancy.tenant();
        var last = known.get(tenant);
        if (last != null && last.isFresh()) {
            return last.many();
        }
        var asked = System.nanoTime();
        var many = reviewQueue.count();
        known.put(tenant, new CachedCount(many, asked));
        return many;
    }
}
