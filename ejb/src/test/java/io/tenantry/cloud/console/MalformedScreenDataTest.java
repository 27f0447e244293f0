package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers and pages that send arbitrary data: the relay terminates, buffers little, and forwards nothing that does not belong there. */
class MalformedScreenDataTest {
    private static final byte[] GREETED = "RFB 003.008\n\u0001".getBytes(StandardCharsets.US_ASCII);
    private static final String PASSWORD = "none's business";

    /** A version, a choice, and an answer of sixteen bytes. */
    private static final int SENT_MAX = 12 + 1 + 16;

    /** A screen's reason is the longest message that is read at once. */
    private static final int READ_MAX = 1_000;

    private static final Duration BRIEFLY = Duration.ofMillis(200);

    private final ExecutorService servers = Executors.newCachedThreadPool();
    private final TcpChannels lines = new TcpChannels();

    @AfterEach
    void close() {
        lines.close();
        servers.shutdownNow();
    }

    @Test
    void completesOrFailsAnyHandshakeWithoutDisclosingThePassword() {
        var entered = 0;
        var refused = 0;
        for (var seed = 1; seed <= 20_000; seed++) {
            var server = new Script(new RandomOutput(seed).server());
            try {
                RfbClientHandshake.enter(new Bounded(server), PASSWORD);
                entered++;
            } catch (VncAccessRefusedException no) {
                refused++;
                assertThat(no.getMessage()).as("seed %d", seed).doesNotContainPattern("\\p{Cntrl}");
            } catch (IOException broken) {
                assertThat(broken).as("seed %d", seed).hasMessageNotContaining(PASSWORD);
            }
            assertOnlyHandshakeSent(seed, server.allReceived());
        }
        assertThat(entered).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static void assertOnlyHandshakeSent(long seed, byte[] sent) {
        assertThat(sent).as("seed %d", seed).hasSizeLessThanOrEqualTo(SENT_MAX);
        var words = new String(sent, StandardCharsets.ISO_8859_1);
        assertThat(words).as("seed %d", seed).doesNotContain(PASSWORD);
        if (sent.length > 0) {
            assertThat(words).as("seed %d", seed).matches("(?s)RFB 003\\.00[378]\n[\u0001\u0002]?(.{16})?");
        }
    }

    @Test
    void forwardsOnlyDataAfterTheHandshake() {
        var greeted = 0;
        for (var seed = 1; seed <= 20_000; seed++) {
            var randomOutput = new RandomOutput(seed);
            var whole = randomOutput.page();
            var stated = new ByteArrayOutputStream();
            var rfbServerHandshake = new RfbServerHandshake(stated::writeBytes);
            var handedOn = new ByteArrayOutputStream();
            rfbServerHandshake.begin();
            for (var piece : randomOutput.pieces(whole)) {
                var rest = rfbServerHandshake.hear(piece);
                if (!rfbServerHandshake.isWrong()) {
                    handedOn.writeBytes(rest);
                }
            }
            assertThat(handedOn.toByteArray()).as("seed %d", seed).isEqualTo(afterGreeting(whole));
            assertThat(rfbServerHandshake.isOver()).as("seed %d", seed).isEqualTo(hasValidGreeting(whole));
            assertThat(rfbServerHandshake.isWrong()).as("seed %d", seed).isEqualTo(hasInvalidGreeting(whole));
            assertThat(stated.size()).isLessThanOrEqualTo(RfbServerHandshake.SAID_BYTES);
            greeted += rfbServerHandshake.isOver() ? 1 : 0;
        }
        assertThat(greeted).isBetween(1_000, 19_000);
    }

    /** Over sockets: no wait is endless, no thread leaks, and no third party is contacted. */
    @Test
    void closesEachConnectionWhenBothSidesSendAtOnce() throws Exception {
        try (var neighbour = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var opened = 0;
            for (var seed = 1; seed <= 160; seed++) {
                var randomOutput = new RandomOutput(seed);
                opened += runConnection(randomOutput, randomOutput.server(), BRIEFLY) ? 1 : 0;
            }
            assertThat(opened).isPositive();
            neighbour.setSoTimeout(100);
            assertThat(isContacted(neighbour)).isFalse();
        }
        var good = "RFB 003.008\n\u0001\u0001\0\0\0\0hello".getBytes(StandardCharsets.US_ASCII);
        assertThat(runConnection(new RandomOutput(0), good, Duration.ofSeconds(10)))
                .as("a valid server after all others")
                .isTrue();
    }

    /** Runs one connection from beginning to end; returns whether the server accepted us. */
    private boolean runConnection(RandomOutput randomOutput, byte[] words, Duration waitMax) throws Exception {
        try (var serverSocket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var heard = serve(serverSocket, words, randomOutput.oneIn(8));
            var page = new Page();
            var console = new Console(page, System::nanoTime, false);
            var address = new InetSocketAddress(serverSocket.getInetAddress(), serverSocket.getLocalPort());
            var line = lines.connect(address, console, waitMax);
            var typed = randomOutput.page();
            var isAccepted = false;
            try {
                RfbClientHandshake.enter(line, PASSWORD);
                isAccepted = true;
                var screen = new VncChannel(line, console);
                console.begin(screen, () -> {});
                screen.greet();
                randomOutput.pieces(typed).forEach(console::type);
                if (hasInvalidGreeting(typed)) {
                    assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
                }
            } catch (IOException refused) {
                line.close();
            }
            console.end(ConsoleEndReason.CLOSED);
            line.close();
            var all = heard.get(10, TimeUnit.SECONDS);
            assertOnlyPageDataForwarded(all, isAccepted ? afterGreeting(typed) : new byte[0]);
            return isAccepted;
        }
    }

    /** Asserts that our part is followed only by a prefix of what the page sent to the server. */
    private static void assertOnlyPageDataForwarded(byte[] all, byte[] mayFollow) {
        assertThat(all.length).isLessThanOrEqualTo(SENT_MAX + mayFollow.length);
        if (all.length > SENT_MAX) {
            var rest = new String(Arrays.copyOfRange(all, SENT_MAX, all.length), StandardCharsets.ISO_8859_1);
            assertThat(new String(mayFollow, StandardCharsets.ISO_8859_1)).contains(rest);
        }
        assertThat(new String(all, StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
    }

    /** Sends its data and reads until the other end disconnects. */
    private CompletableFuture<byte[]> serve(ServerSocket serverSocket, byte[] words, boolean staysSilent) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var heard = new ByteArrayOutputStream();
                    try (var client = serverSocket.accept()) {
                        client.getOutputStream().write(words);
                        if (!staysSilent) {
                            client.shutdownOutput();
                        }
                        var piece = new byte[4_096];
                        for (var count = client.getInputStream().read(piece);
                                count >= 0;
                                count = client.getInputStream().read(piece)) {
                            heard.write(piece, 0, count);
                        }
                    } catch (IOException gone) {
                        // The reader has disconnected.
                    }
                    return heard.toByteArray();
                },
                servers);
    }

    private static boolean isContacted(ServerSocket serverSocket) throws IOException {
        try (var client = serverSocket.accept()) {
            return client.isBound();
        } catch (SocketTimeoutException none) {
            return false;
        }
    }

    /** Whether the greeting is valid; the product is compared with this. */
    private static boolean hasValidGreeting(byte[] whole) {
        return whole.length >= GREETED.length && Arrays.equals(Arrays.copyOf(whole, GREETED.length), GREETED);
    }

    /** Whether a complete message of it differs: a partial one does not count yet. */
    private static boolean hasInvalidGreeting(byte[] whole) {
        var version = GREETED.length - 1;
        if (whole.length < version) {
            return false;
        }
        return !Arrays.equals(Arrays.copyOf(whole, version), Arrays.copyOf(GREETED, version))
                || (whole.length > version && whole[version] != GREETED[version]);
    }

    private static byte[] afterGreeting(byte[] whole) {
        return hasValidGreeting(whole) ? Arrays.copyOfRange(whole, GREETED.length, whole.length) : new byte[0];
    }

    /** A server from which no more is ever read at once than the length of a reason. */
    private record Bounded(Script server) implements HandshakeChannel {
        @Override
        public byte[] take(int count) throws IOException {
            assertThat(count).isBetween(0, READ_MAX);
            return server.take(count);
        }

        @Override
        public void give(byte[] bytes) {
            server.give(bytes);
        }
    }
}
