package io.tenantry.cloud.metrics;

import io.tenantry.tenancy.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Responses of providers within the last minute, including failures: however often a page is reloaded, a provider is called at most once a
 * minute for the same metrics. It is local to the node, bounded, and separated by tenant.
 */
@ApplicationScoped
public class MetricsCache {
    private static final int KEPT_MAX = 500;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);

    /** The key of a cached response. */
    record CacheKey(TenantId tenant, UUID serviceId, MetricsRange span) {}

    private record CachedResult(MetricsResult metricsResult, Instant at) {
        boolean isFresh(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(KEPT_FOR));
        }
    }

    private final Map<CacheKey, CachedResult> answers = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<CacheKey, CachedResult> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** Returns the response, if it is not too old. */
    synchronized Optional<MetricsResult> find(CacheKey cacheKey, Clock clock) {
        return Optional.ofNullable(answers.get(cacheKey))
                .filter(cachedResult -> cachedResult.isFresh(clock.instant()))
                .map(CachedResult::metricsResult);
    }

    synchronized void keep(CacheKey cacheKey, MetricsResult metricsResult, Clock clock) {
        answers.put(cacheKey, new CachedResult(metricsResult, clock.instant()));
    }

    synchronized int size() {
        return answers.size();
    }
}
