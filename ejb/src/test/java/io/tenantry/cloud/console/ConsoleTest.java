package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Data flow and backpressure of a console. */
class ConsoleTest {
    private final FakeClientChannel window = new FakeClientChannel();
    private final FakeServerChannel line = new FakeServerChannel();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();
    private final Console console = new Console(window, nanos::get);

    @BeforeEach
    void begin() {
        console.begin(line, ended::incrementAndGet);
    }

    @Test
    void whatTheServerSaysIsShownAndThenItMaySayAsMuchAgain() {
        console.heard(bytes("one"));
        console.heard(bytes("two"));
        assertThat(window.text()).isEqualTo("onetwo");
        assertThat(line.released).isEqualTo(6);
        assertThat(console.outputBytes()).isEqualTo(6);
    }

    @Test
    void whoDoesNotReadIsSentNothingMoreAndTheServerIsNotAskedForMore() {
        window.holds = true;
        for (var i = 0; i < 100; i++) {
            console.heard(bytes("line\n"));
        }
        assertThat(window.text()).isEqualTo("line\n");
        assertThat(line.released).isZero();
        window.held.remove(0).run();
        assertThat(line.released).isEqualTo(5);
        assertThat(window.pieces).isEqualTo(2);
        assertThat(window.shown.size()).isEqualTo(500);
    }

    @Test
    void whoHasNotDrawnItIsSentNothingMore() {
        var piece = new byte[32 * 1_024];
        for (var i = 0; i < 20; i++) {
            console.heard(piece);
        }
        assertThat(window.shown.size()).isEqualTo(Console.UNSEEN_MAX);
        assertThat(line.released).isEqualTo(Console.UNSEEN_MAX);
        console.seen(piece.length);
        assertThat(window.shown.size()).isEqualTo(Console.UNSEEN_MAX + piece.length);
    }

    @Test
    void whoClaimsToHaveDrawnMoreThanThereWasGainsNothing() {
        console.seen(Long.MAX_VALUE);
        console.seen(-1_000_000_000);
        var piece = new byte[32 * 1_024];
        for (var i = 0; i < 20; i++) {
            console.heard(piece);
        }
        assertThat(window.shown.size()).isEqualTo(Console.UNSEEN_MAX);
    }

    @Test
    void answersThatComeAtOnceAreALoopAndNoTower() {
        line.holds = true;
        for (var i = 0; i < 60_000; i++) {
            console.type(new byte[1]);
        }
        line.holds = false;
        line.held.remove(0).accept(true);
        assertThat(window.taken).isEqualTo(60_000);
    }

    @Test
    void whatIsTypedGoesInOrderAndOneAfterTheOther() {
        line.holds = true;
        console.type(bytes("a"));
        console.type(bytes("b"));
        console.type(bytes("c"));
        assertThat(line.sent).hasSize(1);
        assertThat(window.taken).isZero();
        line.held.remove(0).accept(true);
        assertThat(line.sent).hasSize(2);
        line.held.remove(0).accept(true);
        line.held.remove(0).accept(true);
        assertThat(line.sent).containsExactly(bytes("a"), bytes("b"), bytes("c"));
        assertThat(window.taken).isEqualTo(3);
        assertThat(console.typedBytes()).isEqualTo(3);
    }

    @Test
    void asMuchAsWasAgreedMayWaitAndWhoSendsMoreIsCutOff() {
        line.holds = true;
        console.type(new byte[Console.TYPED_MAX]);
        assertThat(window.ends).isEmpty();
        console.type(new byte[1]);
        assertThat(window.ends).containsExactly(ConsoleEndReason.BUFFER_OVERFLOW);
        assertThat(line.isClosed).isTrue();
    }

    @Test
    void whatWasTakenMakesRoom() {
        for (var i = 0; i < 10; i++) {
            console.type(new byte[Console.TYPED_MAX]);
        }
        assertThat(window.ends).isEmpty();
        assertThat(window.taken).isEqualTo(10 * Console.TYPED_MAX);
    }

    @Test
    void aServerThatTakesNothingMoreIsLost() {
        line.holds = true;
        console.type(bytes("a"));
        line.held.remove(0).accept(false);
        assertThat(window.ends).containsExactly(ConsoleEndReason.CONNECTION_LOST);
    }

    @Test
    void whatTheServerSaidBeforeItsEndIsShownFirst() {
        window.holds = true;
        console.heard(bytes("one "));
        console.heard(bytes("last words"));
        console.over(ConsoleEndReason.EXITED);
        assertThat(window.ends).isEmpty();
        window.held.remove(0).run();
        assertThat(window.ends).isEmpty();
        window.held.remove(0).run();
        assertThat(window.text()).isEqualTo("one last words");
        assertThat(window.ends).containsExactly(ConsoleEndReason.EXITED);
    }

    @Test
    void endsOnce() {
        console.end(ConsoleEndReason.IDLE_TIMEOUT);
        console.end(ConsoleEndReason.CLOSED);
        console.over(ConsoleEndReason.EXITED);
        console.heard(bytes("too late"));
        console.type(bytes("too late"));
        assertThat(window.ends).containsExactly(ConsoleEndReason.IDLE_TIMEOUT);
        assertThat(ended).hasValue(1);
        assertThat(console.ended()).contains(ConsoleEndReason.IDLE_TIMEOUT);
        assertThat(window.text()).isEmpty();
        assertThat(line.sent).isEmpty();
    }

    @Test
    void whoLeftWhileItWasBeingOpenedLeavesNothingOpen() {
        var other = new Console(window, nanos::get);
        other.end(ConsoleEndReason.CLOSED);
        var late = new FakeServerChannel();
        other.begin(late, ended::incrementAndGet);
        assertThat(late.isClosed).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void whatWasSaidWhileItWasBeingOpenedIsShown() {
        var other = new Console(window, nanos::get);
        other.heard(bytes("Welcome"));
        other.begin(new FakeServerChannel(), ended::incrementAndGet);
        assertThat(window.text()).isEqualTo("Welcome");
    }

    @Test
    void isIdleWithoutInputRegardlessOfServerOutput() {
        nanos.addAndGet(Duration.ofMinutes(3).toNanos());
        console.heard(bytes("tick"));
        assertThat(console.idle()).isEqualTo(Duration.ofMinutes(3));
        console.type(bytes("a"));
        assertThat(console.idle()).isZero();
        assertThat(console.age()).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void aScreenIsIdleWithoutInputRegardlessOfUpdateRequests() {
        var screen = new Console(window, nanos::get, false);
        screen.begin(line, () -> {});
        nanos.addAndGet(Duration.ofMinutes(3).toNanos());
        screen.type(bytes("a picture, please"));
        assertThat(screen.idle()).isEqualTo(Duration.ofMinutes(3));
        screen.attended();
        assertThat(screen.idle()).isZero();
    }

    @Test
    void aSizeThatNoWindowHasBecomesTheNearest() {
        console.resize(new TerminalSize(-4, 100_000));
        assertThat(line.terminalSize).isEqualTo(new TerminalSize(2, 500));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
