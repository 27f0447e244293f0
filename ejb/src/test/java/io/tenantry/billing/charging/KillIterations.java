package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.Killer.Killed;
import io.tenantry.billing.charging.Killer.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Rounds of a story, in each of which its worker is killed at another step; half of the time another worker competes with it. Then another
 * worker completes the round, and no errors may remain.
 */
public final class KillIterations implements AutoCloseable {
    private static final Duration DONE_ATMOST = Duration.ofSeconds(60);

    private final Killer killer;
    private final Random random;
    private final Story story;
    private final ExecutorService others = Executors.newSingleThreadExecutor();

    /** The work of a round. */
    public interface Story {
        /** Advances time so that there is work to do again. */
        void begin();

        /** Performs the work that may be killed. */
        void work();

        /** Completes the same work as another worker and immediately releases parked items; returns true when nothing is left. */
        boolean finish();

        /** Returns the errors found after all work is done. */
        List<String> wrong();
    }

    public KillIterations(Killer killer, Random random, Story story) {
        this.killer = killer;
        this.random = random;
        this.story = story;
    }

    /**
     * Iterates over the moments of the story until this many kills have happened.
     *
     * @param momentsAtLeast how many moments an undisturbed round has at least
     * @return how long it took
     */
    public Duration kill(List<Victim> victims, int times, int momentsAtLeast) throws InterruptedException {
        var moments = moments(momentsAtLeast);
        var began = System.nanoTime();
        for (var round = 0; killer.count() < times; round++) {
            round(Killer.inTurn(victims, moments, round), random.nextBoolean());
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Returns all moments of an undisturbed round, in random order. */
    private List<Integer> moments(int atLeast) throws InterruptedException {
        round(new Killer.Order(Victim.WORKER, Integer.MAX_VALUE), false);
        var all = new ArrayList<>(IntStream.range(0, killer.seen()).boxed().toList());
        assertThat(all).hasSizeGreaterThanOrEqualTo(atLeast);
        Collections.shuffle(all, random);
        return all;
    }

    private void round(Killer.Order order, boolean another) throws InterruptedException {
        story.begin();
        Future<?> other = another ? others.submit(this::finish) : null;
        killer.take(order);
        try {
            story.work();
        } catch (Killed | RuntimeException dead) {
            // Intended: another worker completes the round.
        } finally {
            killer.retire();
        }
        if (other != null) {
            try {
                other.get();
            } catch (ExecutionException failure) {
                throw new AssertionError("the other worker, at " + order, failure);
            }
        }
        finish();
        assertThat(story.wrong()).as("what is wrong after %s", order).isEmpty();
    }

    private void finish() {
        var end = System.nanoTime() + DONE_ATMOST.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (story.finish()) {
                    return;
                }
            } catch (RuntimeException databaseIsAway) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        throw new AssertionError("not done after " + DONE_ATMOST);
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
