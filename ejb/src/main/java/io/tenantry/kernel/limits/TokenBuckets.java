package io.tenantry.kernel.limits;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Token buckets by subject: a period's requests at once, then one as often as they flow back. At most so many subjects are
 * remembered; full buckets are forgotten first, which changes nothing, and when there is no room at all newcomers share one.
 */
public final class TokenBuckets {
    private static final String NEWCOMERS = "";

    private final int subjectsMax;
    private final long period;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Of a minute; remembers at most so many subjects. */
    public TokenBuckets(int subjectsMax) {
        this(subjectsMax, Duration.ofMinutes(1));
    }

    /** Of another period. */
    public TokenBuckets(int subjectsMax, Duration period) {
        this.subjectsMax = subjectsMax;
        this.period = period.toNanos();
    }

    /**
     * Until when the tokens taken so far flow back: the bucket is full at that time, and empty if that is a period ahead.
     *
     * @param fullAt of {@link System#nanoTime()}
     * @param isRefused whether the last request found it empty
     */
    private record Bucket(long fullAt, boolean isRefused) {}

    /**
     * Takes a token.
     *
     * @param perPeriod how many there are a period
     * @return how long to wait for the next one, if there is none
     */
    public Optional<Duration> take(String subject, int perPeriod, long now) {
        var each = period / perPeriod;
        var bucket = buckets.compute(room(subject, now), (any, known) -> {
            var fullAt = known == null || known.fullAt() - now < 0 ? now : known.fullAt();
            return fullAt + each - now > period ? new Bucket(fullAt, true) : new Bucket(fullAt + each, false);
        });
        return bucket.isRefused()
                ? Optional.of(Duration.ofNanos(Math.max(1, bucket.fullAt() + each - now - period)))
                : Optional.empty();
    }

    int size() {
        return buckets.size();
    }

    private String room(String subject, long now) {
        if (buckets.containsKey(subject) || buckets.size() < subjectsMax) {
            return subject;
        }
        buckets.values().removeIf(bucket -> bucket.fullAt() - now <= 0);
        return buckets.size() < subjectsMax ? subject : NEWCOMERS;
    }
}
