package io.tenantry.web.http;

import java.util.HashMap;
import java.util.Map;

/** The usage of a scarce resource, in total and by each holder, which limits both a single holder and all together. */
final class Shares {
    private final Map<String, Long> held = new HashMap<>();
    private long total;

    /** The result of a reservation. */
    enum Outcome {
        TAKEN,
        /** The holder has reached its limit. */
        HOLDER_FULL,
        /** All holders together have reached the limit. */
        ALL_FULL
    }

    /**
     * Reserves an amount, or nothing at all.
     *
     * @param eachMax the limit of a single holder
     * @param allMax the limit of all holders together
     */
    synchronized Outcome take(String holder, long amount, long eachMax, long allMax) {
        if (held.getOrDefault(holder, 0L) + amount > eachMax) {
            return Outcome.HOLDER_FULL;
        }
        if (total + amount > allMax) {
            return Outcome.ALL_FULL;
        }
        held.merge(holder, amount, Long::sum);
        total += amount;
        return Outcome.TAKEN;
    }

    /** Releases a reserved amount; a holder without any reservation is removed. */
    synchronized void give(String holder, long amount) {
        total -= amount;
        held.computeIfPresent(holder, (name, had) -> had > amount ? had - amount : null);
    }

    synchronized long total() {
        return total;
    }

    synchronized int holders() {
        return held.size();
    }
}
