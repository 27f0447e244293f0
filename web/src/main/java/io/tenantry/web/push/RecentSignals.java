package io.tenantry.web.push;

import io.tenantry.kernel.push.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The most recent signals, for pages that were requested before a signal and opened their socket after it: they would miss it in between, and
 * show outdated content while they are open.
 */
final class RecentSignals {
    static final Duration MEMORY = Duration.ofSeconds(30);
    static final int SIGNALS_MAX = 5_000;

    private final LongSupplier nanos;
    private final Deque<TimedSignal> heard = new ArrayDeque<>();
    private long knownSince;

    private record TimedSignal(long at, Signal signal) {}

    RecentSignals(LongSupplier nanos) {
        this.nanos = nanos;
        knownSince = nanos.getAsLong();
    }

    synchronized void add(Signal signal) {
        var now = nanos.getAsLong();
        heard.addLast(new TimedSignal(now, signal));
        while (heard.size() > SIGNALS_MAX || now - heard.getFirst().at() > MEMORY.toNanos()) {
            knownSince = heard.removeFirst().at();
        }
    }

    /** Discards all signals, because some may have been missed. */
    synchronized void deaf() {
        heard.clear();
        knownSince = nanos.getAsLong();
    }

    /**
     * Returns the signals received within a time span.
     *
     * @return empty if they are not known completely
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
                        .map(TimedSignal::signal)
                        .toList());
    }
}
