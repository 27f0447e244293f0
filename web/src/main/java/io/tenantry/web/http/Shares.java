package io.tenantry.web.http;

import java.util.HashMap;
import java.util.Map;

/** How much of something scarce is in use, in all and by each holder, so that neither one nor all together use it up. */
final class Shares {
    private final Map<String, Long> held = new HashMap<>();
    private long total;

    /** What came of asking for some. */
    enum Outcome {
        TAKEN,
        /** The holder has as much as one may have. */
        HOLDER_FULL,
        /** All together have as much as there is. */
        ALL_FULL
    }

    /**
     * Takes some, or nothing at all.
     *
     * @param eachMax the most that one holder may have
     * @param allMax the most that all may have
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

    /** Gives back what was taken; who has nothing left is forgotten. */
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
