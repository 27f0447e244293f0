package io.tenantry.kernel.limits;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Permits for heavy work on this node, by reseller (the platform counts as one): a number at once, fewer for one person, and a number per
 * minute. Work without a permit waits a few seconds and is then refused. Take a permit outside transactions: the wait must not hold one open.
 * Background work, such as documents for mails, takes no permit; it is limited by its number of workers.
 */
@ApplicationScoped
public class WorkLimits {
    private static final int SUBJECTS_MAX = 20_000;

    /** The maximum number of waiting requests of a reseller, for each kind of work. */
    private static final int WAITING_MAX = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    Duration waitMax = PATIENCE;
    private final Object monitor = new Object();
    private final Map<Subject, Integer> held = new HashMap<>();
    private final Map<Subject, Integer> waiting = new HashMap<>();
    private final TokenBuckets minutes = new TokenBuckets(SUBJECTS_MAX);

    /**
     * The subject whose permits are counted.
     *
     * @param person empty for the whole reseller
     */
    private record Subject(HeavyWork work, String scope, String person) {
        Subject whole() {
            return new Subject(work, scope, "");
        }

        Subject node() {
            return new Subject(work, "", "");
        }
    }

    /** The right to do the work, until closed. */
    public static final class Permit implements AutoCloseable {
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private final Runnable release;

        private Permit(Runnable release) {
            this.release = release;
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                release.run();
            }
        }
    }

    /**
     * Does the work with a permit.
     *
     * @throws LimitExceededException if there is none; nothing was done
     */
    public <T> T within(HeavyWork work, Supplier<T> task) {
        try (var permit = take(work)) {
            return task.get();
        }
    }

    /**
     * Takes a permit of the reseller on this thread, for the current person.
     *
     * @throws LimitExceededException if there is none
     */
    public Permit take(HeavyWork work) {
        var scope = Tenancy.scope().label();
        var pause = minutes.take(work + " " + scope, perMinute(work), System.nanoTime());
        if (pause.isPresent()) {
            throw new LimitExceededException(work, pause.get());
        }
        var person = Actors.current().map(Actor::personId).map(Object::toString).orElse("nobody");
        var subject = new Subject(work, scope, person);
        synchronized (monitor) {
            await(subject);
            add(held, subject, 1);
            add(held, subject.whole(), 1);
            add(held, subject.node(), 1);
        }
        return new Permit(() -> release(subject));
    }

    private void await(Subject subject) {
        var whole = subject.whole();
        if (isFree(subject)) {
            return;
        }
        if (waiting.getOrDefault(whole, 0) >= WAITING_MAX) {
            throw new LimitExceededException(subject.work(), waitMax);
        }
        add(waiting, whole, 1);
        try {
            long until = System.nanoTime() + waitMax.toNanos();
            for (long left = waitMax.toNanos(); !isFree(subject); left = until - System.nanoTime()) {
                if (left <= 0) {
                    throw new LimitExceededException(subject.work(), waitMax);
                }
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LimitExceededException(subject.work(), waitMax);
        } finally {
            add(waiting, whole, -1);
        }
    }

    private boolean isFree(Subject subject) {
        return held.getOrDefault(subject.node(), 0) < subject.work().onNode()
                && held.getOrDefault(subject.whole(), 0) < subject.work().atOnce()
                && held.getOrDefault(subject, 0) < subject.work().eachAtOnce();
    }

    private void release(Subject subject) {
        synchronized (monitor) {
            add(held, subject, -1);
            add(held, subject.whole(), -1);
            add(held, subject.node(), -1);
            monitor.notifyAll();
        }
    }

    private static void add(Map<Subject, Integer> counts, Subject subject, int count) {
        counts.merge(subject, count, (before, more) -> before + more == 0 ? null : before + more);
    }

    private int perMinute(HeavyWork work) {
        return switch (work) {
            case DOCUMENT -> settings.limitDocuments();
            case EXPORT -> settings.limitExports();
            case BANK_STATEMENT -> settings.limitBankStatements();
            case PICTURE -> settings.limitPictures();
            case PRICE_CALCULATION -> settings.limitPriceCalculations();
        };
    }
}
