package io.tenantry.kernel.limits;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Token buckets by subject: a minute's requests at once, then one as often as they flow back. At most so many subjects are
 * remembered; full buckets are forgotten first, which changes nothing, and when there is no room at all newcomers share one.
 */
public final class TokenBuckets {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final String NEWCOMERS = "";

    private final int subjectsMax;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Remembers at most so many subjects. */
    public TokenBuckets(int subjectsMax) {
        this.subjectsMax = subjectsMax;
    }

    /**
     * Until when the tokens taken so far flow back: the bucket is full at that time, and empty if that is a minute ahead.
     *
     * @param fullAt of {@link System#nanoTime()}
     * @param isRefused whether the last request found it empty
     */
    private record Bucket(long fullAt, boolean isRefused) {}

    /**
     * Takes a token.
     *
     * @param perMinute how many there are a minute
     * @return how long to wait for the next one, if there is none
     */
    public Optional<Duration> take(String subject, int perMinute, long now) {
        var each = MINUTE / perMinute;
        var bucket = buckets.compute(room(subject, now), (any, known) -> {
            var fullAt = known == null || known.fullAt() - now < 0 ? now : known.fullAt();
            return fullAt + each - now > MINUTE ? new Bucket(fullAt, true) : new Bucket(fullAt + each, false);
        });
        return bucket.isRefused()
                ? Optional.of(Duration.ofNanos(Math.max(1, bucket.fullAt() + each - now - MINUTE)))
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
