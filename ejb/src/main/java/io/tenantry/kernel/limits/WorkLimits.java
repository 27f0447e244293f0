package io.tenantry.kernel.limits;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Permits for heavy work on this node: a number at once and a number per minute, for the staff of a reseller and for its customers, with a
 * smaller share for each organization and each person, so that none of them uses up what the others need. The platform counts as one more
 * reseller. Work without a permit waits a few seconds and is then refused. Take a permit outside transactions: the wait must not hold one open.
 * Background work, such as documents for mails, takes no permit; it is limited by its number of workers.
 */
@ApplicationScoped
public class WorkLimits {
    private static final int SUBJECTS_MAX = 20_000;

    /** The maximum number of waiting requests of a reseller's staff, and of its customers, for each kind of work. */
    private static final int WAITING_MAX = 8;

    /** The same of one organization or person. */
    private static final int EACH_WAITING_MAX = 4;

    /** An organization has a quarter of what all customers have a minute, one of its people half of that. */
    private static final int ORGANIZATION_PART = 4;

    private static final int MEMBER_PART = 8;

    /** One of the staff has half of what all have. */
    private static final int STAFF_PART = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Inject
    Settings settings;

    @Inject
    Customers customers;

    Duration waitMax = PATIENCE;
    private final Object monitor = new Object();
    private final Map<String, Integer> held = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private final TokenBuckets minutes = new TokenBuckets(SUBJECTS_MAX);

    /**
     * What one subject may have.
     *
     * @param part the fraction of the number per minute
     */
    private record Bound(String subject, int part, int atOnce, int waiting) {}

    /** The right to do the work, until closed. */
    public static final class Permit implements AutoCloseable {
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private final AtomicBoolean isRefused = new AtomicBoolean();
        private final Runnable release;
        private final Runnable giveBack;

        private Permit(Runnable release, Runnable giveBack) {
            this.release = release;
            this.giveBack = giveBack;
        }

        /** The person may not have the work, or it does not exist: it does not count. */
        public void refused() {
            if (isRefused.compareAndSet(false, true)) {
                giveBack.run();
            }
        }

        @Override
        public void close() {
            if (isClosed.compareAndSet(false, true)) {
                release.run();
            }
        }
    }

    /**
     * Does the work with a permit. Work that is refused to the person does not count.
     *
     * @throws LimitExceededException if there is none; nothing was done
     */
    public <T> T within(HeavyWork work, Supplier<T> task) {
        try (var permit = take(work)) {
            try {
                return task.get();
            } catch (RuntimeException failure) {
                if (customers.isRefusal(failure)) {
                    permit.refused();
                }
                throw failure;
            }
        }
    }

    /**
     * Takes a permit of the reseller on this thread, for the current person.
     *
     * @throws LimitExceededException if there is none
     */
    public Permit take(HeavyWork work) {
        var bounds = bounds(work);
        var shares = bounds.stream()
                .map(bound -> new TokenBuckets.Share(bound.subject(), Math.max(1, perMinute(work) / bound.part())))
                .toList();
        var pause = minutes.take(shares, System.nanoTime());
        if (pause.isPresent()) {
            throw new LimitExceededException(work, pause.get());
        }
        var all = new ArrayList<>(bounds);
        all.add(new Bound(work + " " + Tenancy.scope().label(), 1, work.atOnce(), Integer.MAX_VALUE));
        all.add(new Bound(work + " node", 1, work.onNode(), Integer.MAX_VALUE));
        try {
            synchronized (monitor) {
                await(work, all);
                add(held, all, 1);
            }
        } catch (LimitExceededException busy) {
            minutes.giveBack(shares);
            throw busy;
        }
        return new Permit(() -> release(all), () -> minutes.giveBack(shares));
    }

    /** The bounds of the current person, the smallest first. */
    private List<Bound> bounds(HeavyWork work) {
        var start = work + " " + Tenancy.scope().label();
        var actor = Actors.current();
        var person = actor.map(Actor::personId).map(Object::toString).orElse("nobody");
        if (actor.filter(one -> one.kind() == Actor.Kind.MEMBER).isEmpty()) {
            return List.of(
                    new Bound(start + " staff " + person, STAFF_PART, work.eachAtOnce(), EACH_WAITING_MAX),
                    new Bound(start + " staff", 1, work.atOnce(), WAITING_MAX));
        }
        var organization = customers.organization().map(Object::toString).orElse("none");
        return List.of(
                new Bound(start + " member " + person, MEMBER_PART, work.eachAtOnce(), EACH_WAITING_MAX),
                new Bound(
                        start + " organization " + organization,
                        ORGANIZATION_PART,
                        work.eachAtOnce(),
                        EACH_WAITING_MAX),
                new Bound(start + " customers", 1, work.customersAtOnce(), WAITING_MAX));
    }

    private void await(HeavyWork work, List<Bound> bounds) {
        if (isFree(bounds)) {
            return;
        }
        if (bounds.stream().anyMatch(bound -> waiting.getOrDefault(bound.subject(), 0) >= bound.waiting())) {
            throw new LimitExceededException(work, waitMax);
        }
        add(waiting, bounds, 1);
        try {
            long until = System.nanoTime() + waitMax.toNanos();
            for (long left = waitMax.toNanos(); !isFree(bounds); left = until - System.nanoTime()) {
                if (left <= 0) {
                    throw new LimitExceededException(work, waitMax);
                }
                TimeUnit.NANOSECONDS.timedWait(monitor, left);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new LimitExceededException(work, waitMax);
        } finally {
            add(waiting, bounds, -1);
        }
    }

    private boolean isFree(List<Bound> bounds) {
        return bounds.stream().allMatch(bound -> held.getOrDefault(bound.subject(), 0) < bound.atOnce());
    }

    private void release(List<Bound> bounds) {
        synchronized (monitor) {
            add(held, bounds, -1);
            monitor.notifyAll();
        }
    }

    private static void add(Map<String, Integer> counts, List<Bound> bounds, int count) {
        bounds.forEach(bound ->
                counts.merge(bound.subject(), count, (before, more) -> before + more == 0 ? null : before + more));
    }

    private int perMinute(HeavyWork work) {
        return switch (work) {
            case DOCUMENT -> settings.limits().documents();
            case EXPORT -> settings.limits().exports();
            case BANK_STATEMENT -> settings.limits().bankStatements();
            case PICTURE -> settings.limits().pictures();
            case PRICE_CALCULATION -> settings.limits().priceCalculations();
        };
    }
}
