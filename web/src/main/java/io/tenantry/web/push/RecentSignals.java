package io.tenantry.web.push;

import io.tenantry.kernel.push.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What was heard a moment ago, for pages that were asked for before it and opened their socket after it: between the two they would miss it,
 * and show for as long as they are open what is no more.
 */
final class RecentSignals {
    static final Duration MEMORY = Duration.ofSeconds(30);
    static final int SIGNALS_MAX = 5_000;

    private final LongSupplier nanos;
    private final Deque<Heard> heard = new ArrayDeque<>();
    private long knownSince;

    private record Heard(long at, Signal signal) {}

    RecentSignals(LongSupplier nanos) {
        this.nanos = nanos;
        knownSince = nanos.getAsLong();
    }

    synchronized void add(Signal signal) {
        var now = nanos.getAsLong();
        heard.addLast(new Heard(now, signal));
        while (heard.size() > SIGNALS_MAX || now - heard.getFirst().at() > MEMORY.toNanos()) {
            knownSince = heard.removeFirst().at();
        }
    }

    /** What was said until now is unknown. */
    synchronized void deaf() {
        heard.clear();
        knownSince = nanos.getAsLong();
    }

    /**
     * What was heard in that time.
     *
     * @return empty if nobody knows
     */
    synchronized Optional<List<Signal>> since(Duration age) {
        if (age.isNegative() || age.compareTo(MEMORY) > 0) {
            return Optional.empty();
        }
        var from = nanos.getAsLong() - age.toNanos();
        return from - knownSince <= 0
                ? Optional.empty()
                : Optional.of(heard.stream()
                        .filter(one -> one.at() - from >= 0)
                        .map(Heard::signal)
                        .toList());
    }
}
