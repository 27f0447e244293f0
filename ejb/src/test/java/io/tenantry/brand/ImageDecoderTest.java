package io.tenantry.brand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.Picture.Outcome;
import io.tenantry.brand.Picture.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ImageDecoderTest {
    private static final Outcome DONE = new Outcome.Refused(Reason.EMPTY);

    private final ImageDecoder decoder = new ImageDecoder(1, Duration.ofMillis(50), Duration.ofMillis(100));
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    @BeforeEach
    void start() {
        decoder.executor = threads;
    }

    @AfterEach
    void stop() {
        end.countDown();
        threads.shutdownNow();
    }

    @Test
    void workDoesNotRunInTheThreadOfTheRequest() {
        var thread = Thread.currentThread();
        assertThat(decoder.inTurn(() -> Thread.currentThread() == thread ? new Outcome.Refused(Reason.BUSY) : DONE))
                .isEqualTo(DONE);
    }

    @Test
    void slowWorkIsGivenUpButKeepsItsPlaceUntilItEnds() throws InterruptedException {
        assertThat(decoder.inTurn(this::slow)).isEqualTo(new Outcome.Refused(Reason.TOO_SLOW));
        assertThat(decoder.inTurn(() -> DONE)).isEqualTo(new Outcome.Refused(Reason.BUSY));
        end.countDown();
        ended.await();
        Outcome outcome;
        do {
            outcome = decoder.inTurn(() -> DONE);
        } while (outcome.equals(new Outcome.Refused(Reason.BUSY)));
        assertThat(outcome).isEqualTo(DONE);
    }

    @Test
    void aDrawingThatWasGivenUpEndsBeforeItsNextStep() {
        var drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
        assertThat(decoder.inTurn(() -> {
                    pause(200);
                    try {
                        SvgRenderer.image(drawing.getBytes(StandardCharsets.UTF_8), 9, 9);
                    } catch (UnsupportedSvg late) {
                        left.countDown();
                    }
                    return DONE;
                }))
                .isEqualTo(new Outcome.Refused(Reason.TOO_SLOW));
        assertThatCode(left::await).doesNotThrowAnyException();
    }

    @Test
    void aPlaceIsFreeAgainAfterAFailure() {
        for (var round = 0; round < 3; round++) {
            assertThatThrownBy(() -> decoder.inTurn(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasRootCauseMessage("broken");
        }
        assertThat(decoder.inTurn(() -> DONE)).isEqualTo(DONE);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome slow() {
        try {
            end.await();
            return DONE;
        } catch (InterruptedException stopped) {
            return DONE;
        } finally {
            ended.countDown();
        }
    }
}
