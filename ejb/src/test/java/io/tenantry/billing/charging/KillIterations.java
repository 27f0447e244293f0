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
 * Rounds of a story, in each of which its worker is killed at another step; half of the time another worker is at it too. Then somebody
 * finishes, and nothing may be wrong.
 */
public final class KillIterations implements AutoCloseable {
    private static final Duration DONE_ATMOST = Duration.ofSeconds(60);

    private final Killer killer;
    private final Random random;
    private final Story story;
    private final ExecutorService others = Executors.newSingleThreadExecutor();

    /** What happens in a round. */
    public interface Story {
        /** Time goes on: there is something to do again. */
        void begin();

        /** What the worker does that may be killed. */
        void work();

        /** Somebody else does the same, and lets go at once what was parked; true when nothing is left. */
        boolean finish();

        /** What is wrong now that all is done. */
        List<String> wrong();
    }

    public KillIterations(Killer killer, Random random, Story story) {
        this.killer = killer;
        this.random = random;
        this.story = story;
    }

    /**
     * Goes round the moments of the story until so many have died.
     *
     * @param momentsAtLeast how many moments a round that nobody disturbs has at least
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

    /** All moments of a round that nobody disturbs, in an order of chance. */
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
            // As was meant: who finishes is somebody else.
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
