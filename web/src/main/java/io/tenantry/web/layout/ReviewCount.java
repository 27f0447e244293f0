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
 * How much waits for a decision of a reseller's staff, for the frame of their pages. It is remembered for two seconds: no page shall ask the
 * database once more for that alone.
 */
@ApplicationScoped
public class ReviewCount {
    private static final Duration REMEMBERED = Duration.ofSeconds(2);

    @Inject
    ReviewQueue reviewQueue;

    private final Map<TenantId, Known> known = new ConcurrentHashMap<>();

    private record Known(int many, long askedAtNanos) {
        boolean isFresh() {
            return System.nanoTime() - askedAtNanos < REMEMBERED.toNanos();
        }
    }

    /** Somebody of the entered tenant has decided something. */
    public void forget() {
        known.remove(Tenancy.tenant());
    }

    /** For staff of the entered tenant that may see services. */
    int now() {
        var tenant = Tenancy.tenant();
        var last = known.get(tenant);
        if (last != null && last.isFresh()) {
            return last.many();
        }
        var asked = System.nanoTime();
        var many = reviewQueue.count();
        known.put(tenant, new Known(many, asked));
        return many;
    }
}
