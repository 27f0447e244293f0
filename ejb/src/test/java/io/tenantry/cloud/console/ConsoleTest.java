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
    private final FakeClientChannel client = new FakeClientChannel();
    private final FakeServerChannel server = new FakeServerChannel();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger ended = new AtomicInteger();
    private final Console console = new Console(client, nanos::get);

    @BeforeEach
    void begin() {
        console.begin(server, ended::incrementAndGet);
    }

    @Test
    void showsOutputAndReleasesItsWindow() {
        console.heard(bytes("one"));
        console.heard(bytes("two"));
        assertThat(client.text()).isEqualTo("onetwo");
        assertThat(server.released).isEqualTo(6);
        assertThat(console.outputBytes()).isEqualTo(6);
    }

    @Test
    void stopsReadingFromTheServerUntilOutputIsSent() {
        client.isPaused = true;
        for (var i = 0; i < 100; i++) {
            console.heard(bytes("line\n"));
        }
        assertThat(client.text()).isEqualTo("line\n");
        assertThat(server.released).isZero();
        client.pending.remove(0).run();
        assertThat(server.released).isEqualTo(5);
        assertThat(client.pieces).isEqualTo(2);
        assertThat(client.output.size()).isEqualTo(500);
    }

    @Test
    void limitsOutputNotYetRendered() {
        var piece = new byte[32 * 1_024];
        for (var i = 0; i < 20; i++) {
            console.heard(piece);
        }
        assertThat(client.output.size()).isEqualTo(Console.UNSEEN_MAX);
        assertThat(server.released).isEqualTo(Console.UNSEEN_MAX);
        console.seen(piece.length);
        assertThat(client.output.size()).isEqualTo(Console.UNSEEN_MAX + piece.length);
    }

    @Test
    void ignoresFalseAcknowledgementsOfOutput() {
        console.seen(Long.MAX_VALUE);
        console.seen(-1_000_000_000);
        var piece = new byte[32 * 1_024];
        for (var i = 0; i < 20; i++) {
            console.heard(piece);
        }
        assertThat(client.output.size()).isEqualTo(Console.UNSEEN_MAX);
    }

    @Test
    void processesManyImmediateCompletionsWithoutRecursion() {
        server.isPaused = true;
        for (var i = 0; i < 60_000; i++) {
            console.type(new byte[1]);
        }
        server.isPaused = false;
        server.pending.remove(0).accept(true);
        assertThat(client.taken).isEqualTo(60_000);
    }

    @Test
    void sendsInputInOrderOneChunkAtATime() {
        server.isPaused = true;
        console.type(bytes("a"));
        console.type(bytes("b"));
        console.type(bytes("c"));
        assertThat(server.sent).hasSize(1);
        assertThat(client.taken).isZero();
        server.pending.remove(0).accept(true);
        assertThat(server.sent).hasSize(2);
        server.pending.remove(0).accept(true);
        server.pending.remove(0).accept(true);
        assertThat(server.sent).containsExactly(bytes("a"), bytes("b"), bytes("c"));
        assertThat(client.taken).isEqualTo(3);
        assertThat(console.typedBytes()).isEqualTo(3);
    }

    @Test
    void endsTheConsoleWhenTheInputBufferOverflows() {
        server.isPaused = true;
        console.type(new byte[Console.TYPED_MAX]);
        assertThat(client.endReasons).isEmpty();
        console.type(new byte[1]);
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.BUFFER_OVERFLOW);
        assertThat(server.isClosed).isTrue();
    }

    @Test
    void freesBufferSpaceAsInputIsTaken() {
        for (var i = 0; i < 10; i++) {
            console.type(new byte[Console.TYPED_MAX]);
        }
        assertThat(client.endReasons).isEmpty();
        assertThat(client.taken).isEqualTo(10 * Console.TYPED_MAX);
    }

    @Test
    void endsTheConsoleWhenTheServerTakesNoInput() {
        server.isPaused = true;
        console.type(bytes("a"));
        server.pending.remove(0).accept(false);
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.CONNECTION_LOST);
    }

    @Test
    void showsPendingOutputBeforeTheEnd() {
        client.isPaused = true;
        console.heard(bytes("one "));
        console.heard(bytes("last words"));
        console.over(ConsoleEndReason.EXITED);
        assertThat(client.endReasons).isEmpty();
        client.pending.remove(0).run();
        assertThat(client.endReasons).isEmpty();
        client.pending.remove(0).run();
        assertThat(client.text()).isEqualTo("one last words");
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.EXITED);
    }

    @Test
    void endsOnlyOnce() {
        console.end(ConsoleEndReason.IDLE_TIMEOUT);
        console.end(ConsoleEndReason.CLOSED);
        console.over(ConsoleEndReason.EXITED);
        console.heard(bytes("too late"));
        console.type(bytes("too late"));
        assertThat(client.endReasons).containsExactly(ConsoleEndReason.IDLE_TIMEOUT);
        assertThat(ended).hasValue(1);
        assertThat(console.ended()).contains(ConsoleEndReason.IDLE_TIMEOUT);
        assertThat(client.text()).isEmpty();
        assertThat(server.sent).isEmpty();
    }

    @Test
    void closesAServerChannelOpenedAfterTheEnd() {
        var other = new Console(client, nanos::get);
        other.end(ConsoleEndReason.CLOSED);
        var late = new FakeServerChannel();
        other.begin(late, ended::incrementAndGet);
        assertThat(late.isClosed).isTrue();
        assertThat(ended).hasValue(1);
    }

    @Test
    void showsOutputReceivedBeforeOpening() {
        var other = new Console(client, nanos::get);
        other.heard(bytes("Welcome"));
        other.begin(new FakeServerChannel(), ended::incrementAndGet);
        assertThat(client.text()).isEqualTo("Welcome");
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
        var screen = new Console(client, nanos::get, false);
        screen.begin(server, () -> {});
        nanos.addAndGet(Duration.ofMinutes(3).toNanos());
        screen.type(bytes("an update request"));
        assertThat(screen.idle()).isEqualTo(Duration.ofMinutes(3));
        screen.attended();
        assertThat(screen.idle()).isZero();
    }

    @Test
    void clampsTerminalSizes() {
        console.resize(new TerminalSize(-4, 100_000));
        assertThat(server.terminalSize).isEqualTo(new TerminalSize(2, 500));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
