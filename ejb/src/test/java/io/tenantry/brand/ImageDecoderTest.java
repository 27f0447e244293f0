package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.ImageUpload.Outcome;
import io.tenantry.brand.ImageUpload.Reason;
import io.tenantry.kernel.limits.TimeLimitExceededException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ImageDecoderTest {
    private static final Outcome DONE = new Outcome.Refused(Reason.EMPTY);
    private static final Duration LONG = Duration.ofSeconds(50);

    /** Submitted work that only the test runs. */
    private final Queue<Runnable> submitted = new ArrayDeque<>();

    @Test
    void decodesOutsideTheRequestThread() {
        var decoder = new ImageDecoder(1, LONG, LONG);
        var threads = Executors.newSingleThreadExecutor();
        decoder.executor = threads;
        try {
            var thread = Thread.currentThread();
            assertThat(inTurn(
                            decoder, () -> Thread.currentThread() == thread ? new Outcome.Refused(Reason.BUSY) : DONE))
                    .isEqualTo(DONE);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsTheSlotOfATimedOutTaskUntilItEnds() {
        var decoder = new ImageDecoder(1, Duration.ofMillis(10), Duration.ofMillis(10));
        decoder.executor = new Threads(submitted::add);
        assertThat(inTurn(decoder, () -> DONE)).isEqualTo(new Outcome.Refused(Reason.TOO_SLOW));
        decoder.executor = new Threads(Runnable::run);
        assertThat(inTurn(decoder, () -> DONE)).isEqualTo(new Outcome.Refused(Reason.BUSY));
        submitted.remove().run();
        assertThat(inTurn(decoder, () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void cancelsATimedOutDrawingBeforeItsNextStep() {
        var decoder = new ImageDecoder(1, LONG, Duration.ZERO);
        decoder.executor = new Threads(submitted::add);
        var isLeft = new AtomicBoolean();
        var drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
        assertThat(inTurn(decoder, () -> {
                    try {
                        SvgRenderer.image(drawing.getBytes(StandardCharsets.UTF_8), 9, 9);
                    } catch (TimeLimitExceededException late) {
                        isLeft.set(true);
                        throw late;
                    }
                    return DONE;
                }))
                .isEqualTo(new Outcome.Refused(Reason.TOO_SLOW));
        submitted.remove().run();
        assertThat(isLeft).isTrue();
    }

    @Test
    void releasesTheSlotAfterAFailure() {
        var decoder = new ImageDecoder(1, LONG, LONG);
        decoder.executor = new Threads(Runnable::run);
        for (var round = 0; round < 3; round++) {
            assertThatThrownBy(() -> inTurn(decoder, () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasRootCauseMessage("broken");
        }
        assertThat(inTurn(decoder, () -> DONE)).isEqualTo(DONE);
    }

    @Test
    void holdsThePermitOfATimedOutTaskUntilItEnds() {
        var decoder = new ImageDecoder(1, Duration.ofMillis(10), Duration.ofMillis(10));
        var releases = new AtomicInteger();
        decoder.executor = new Threads(submitted::add);
        assertThat(decoder.inTurn(() -> DONE, releases::incrementAndGet))
                .isEqualTo(new Outcome.Refused(Reason.TOO_SLOW));
        assertThat(releases).as("still decoding").hasValue(0);
        assertThat(decoder.inTurn(() -> DONE, releases::incrementAndGet)).isEqualTo(new Outcome.Refused(Reason.BUSY));
        assertThat(releases).as("never started").hasValue(1);
        submitted.remove().run();
        assertThat(releases).as("ended").hasValue(2);
    }

    private static Outcome inTurn(ImageDecoder decoder, Supplier<Outcome> work) {
        return decoder.inTurn(work, () -> {});
    }

    /** Runs work when the test triggers it. */
    private static final class Threads extends AbstractExecutorService {
        private final Executor how;

        Threads(Executor how) {
            this.how = how;
        }

        @Override
        public void execute(Runnable work) {
            how.execute(work);
        }

        @Override
        public void shutdown() {
            // There is nothing to stop.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
