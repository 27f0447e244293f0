package io.tenantry.cloud.provider.account;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of calls in progress, by subject. */
final class CallCounts {
    private final Map<String, Integer> running = new HashMap<>();

    /** The maximum number of calls of one subject. */
    record Limit(String subject, int max) {}

    /** Counts a call for each subject, or for none if one of them has as many as it may. */
    synchronized boolean enter(List<Limit> limits) {
        if (limits.stream().anyMatch(limit -> running.getOrDefault(limit.subject(), 0) >= limit.max())) {
            return false;
        }
        limits.forEach(limit -> running.merge(limit.subject(), 1, Integer::sum));
        return true;
    }

    synchronized void leave(List<Limit> limits) {
        limits.forEach(
                limit -> running.computeIfPresent(limit.subject(), (subject, count) -> count == 1 ? null : count - 1));
    }
}
