package io.tenantry.kernel.limits;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Token buckets by subject: a burst of one period's requests, then one request per refilled token. The number of remembered subjects is
 * bounded; full buckets are evicted first, which changes nothing, and when there is no room at all, new subjects share one bucket.
 */
public final class TokenBuckets {
    private static final String NEWCOMERS = "";

    private final int subjectsMax;
    private final long period;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * What one subject may take of a budget.
     *
     * @param perPeriod the number of tokens per period
     */
    public record Share(String subject, int perPeriod) {}

    /** Creates buckets with a period of one minute, for at most that many subjects. */
    public TokenBuckets(int subjectsMax) {
        this(subjectsMax, Duration.ofMinutes(1));
    }

    /** Creates buckets with another period. */
    public TokenBuckets(int subjectsMax, Duration period) {
        this.subjectsMax = subjectsMax;
        this.period = period.toNanos();
    }

    /**
     * The time at which the tokens taken so far are refilled: the bucket is full at that time, and empty if that is a period ahead.
     *
     * @param fullAt by {@link System#nanoTime()}
     * @param isRefused whether the last request found it empty
     */
    private record Bucket(long fullAt, boolean isRefused) {}

    /**
     * Takes a token.
     *
     * @param perPeriod the number of tokens per period
     * @return how long to wait for the next token, if there is none
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

    /**
     * Takes a token of each share, or none at all.
     *
     * @param shares from the smallest to the whole
     * @return how long to wait for the next token, if one of them has none
     */
    public Optional<Duration> take(List<Share> shares, long now) {
        for (int i = 0; i < shares.size(); i++) {
            var share = shares.get(i);
            var pause = take(share.subject(), share.perPeriod(), now);
            if (pause.isPresent()) {
                giveBack(shares.subList(0, i));
                return pause;
            }
        }
        return Optional.empty();
    }

    /** Returns tokens that were taken for nothing. */
    public void giveBack(List<Share> shares) {
        shares.forEach(share -> buckets.computeIfPresent(
                share.subject(), (any, known) -> new Bucket(known.fullAt() - period / share.perPeriod(), false)));
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
