package io.tenantry.people.identity;

import io.tenantry.tenancy.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A fair queue for a few places. Each key waits once. Turns rotate among the resellers, with every second one for the platform's host if anyone
 * waits there, and known devices precede strangers, except at every fourth turn. A reseller may occupy all waiting places while no other needs
 * them; when they are taken, the reseller with the most loses its youngest stranger to one with fewer, or to one of its known devices, so that
 * a flood at one reseller delays only itself.
 */
final class TurnQueue {
    private static final int KNOWN_IN_A_ROW = 3;

    private final ReentrantLock lock = new ReentrantLock(true);
    private final List<Waiter> waiting = new ArrayList<>();
    private final Map<Scope, Long> lastTurns = new HashMap<>();
    private final int waitingMax;
    private int free;
    private long turns;
    private int knownInARow;
    private boolean wasPlatform;

    /**
     * Creates a queue for that many places.
     *
     * @param waitingMax how many may wait; each of them holds a request's thread
     */
    TurnQueue(int places, int waitingMax) {
        this.free = places;
        this.waitingMax = waitingMax;
    }

    /**
     * An applicant for a turn.
     *
     * @param scope the reseller, or the platform
     * @param key waits once at a time
     * @param isKnown whether it is a known device or person
     */
    record Applicant(Scope scope, String key, boolean isKnown) {}

    private static final class Waiter {
        private final Applicant applicant;
        private final Condition changed;
        private boolean hasTurn;
        private boolean isPutOff;

        private Waiter(Applicant applicant, Condition changed) {
            this.applicant = applicant;
            this.changed = changed;
        }
    }

    /** Waits for a turn, which {@link #leave} ends. Returns false if there is none within that time, or no place to wait. */
    boolean enter(Applicant applicant, Duration waitMax) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (free > 0 && waiting.isEmpty()) {
                free--;
                count(applicant);
                return true;
            }
            var waiter = new Waiter(applicant, lock.newCondition());
            return join(waiter) && await(waiter, waitMax);
        } finally {
            lock.unlock();
        }
    }

    /** Ends a turn. */
    void leave() {
        lock.lock();
        try {
            free++;
            handOut();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of waiting applicants. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Waiter waiter, Duration waitMax) throws InterruptedException {
        try {
            long left = waitMax.toNanos();
            while (!waiter.hasTurn && !waiter.isPutOff && left > 0) {
                left = waiter.changed.awaitNanos(left);
            }
            return waiter.hasTurn;
        } catch (InterruptedException stopped) {
            if (waiter.hasTurn) {
                free++;
                handOut();
            }
            throw stopped;
        } finally {
            waiting.remove(waiter);
        }
    }

    private boolean join(Waiter newcomer) {
        var applicant = newcomer.applicant;
        if (waiting.stream().anyMatch(one -> one.applicant.key().equals(applicant.key()))) {
            return false;
        }
        if (waiting.size() >= waitingMax) {
            var replaced = replacedBy(applicant);
            if (replaced.isEmpty()) {
                return false;
            }
            putOff(replaced.get());
        }
        return waiting.add(newcomer);
    }

    private Optional<Waiter> replacedBy(Applicant newcomer) {
        var largest = largest();
        if (waitingOf(largest) > waitingOf(newcomer.scope()) + 1) {
            return youngest(largest, false).or(() -> youngest(largest, true));
        }
        return newcomer.isKnown() ? youngest(newcomer.scope(), false) : Optional.empty();
    }

    private void putOff(Waiter waiter) {
        waiter.isPutOff = true;
        waiting.remove(waiter);
        waiter.changed.signal();
    }

    private long waitingOf(Scope scope) {
        return waiting.stream()
                .filter(one -> one.applicant.scope().equals(scope))
                .count();
    }

    private Scope largest() {
        return waiting.stream()
                .map(one -> one.applicant.scope())
                .max(Comparator.comparingLong(this::waitingOf))
                .orElseThrow();
    }

    private Optional<Waiter> youngest(Scope scope, boolean isKnown) {
        return waiting.stream()
                .filter(one -> one.applicant.scope().equals(scope) && one.applicant.isKnown() == isKnown)
                .reduce((before, after) -> after);
    }

    private void handOut() {
        while (free > 0 && !waiting.isEmpty()) {
            var next = next();
            waiting.remove(next);
            free--;
            count(next.applicant);
            next.hasTurn = true;
            next.changed.signal();
        }
    }

    private Waiter next() {
        boolean isStrangersTurn = knownInARow >= KNOWN_IN_A_ROW;
        return waiting.stream()
                .min(Comparator.comparing((Waiter one) -> wasPlatform || !isPlatform(one.applicant))
                        .thenComparing(one -> one.applicant.isKnown() == isStrangersTurn)
                        .thenComparingLong(one -> lastTurns.getOrDefault(one.applicant.scope(), 0L)))
                .orElseThrow();
    }

    private void count(Applicant applicant) {
        turns++;
        lastTurns.put(applicant.scope(), turns);
        wasPlatform = isPlatform(applicant);
        if (!wasPlatform) {
            knownInARow = applicant.isKnown() ? knownInARow + 1 : 0;
        }
    }

    private static boolean isPlatform(Applicant applicant) {
        return applicant.scope().equals(Scope.PLATFORM);
    }
}
