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
    private static final int SAID_MOST = 12 + 1 + 16;

    /** A screen's reason is the longest message that is read at once. */
    private static final int TAKEN_MOST = 1_000;

    private static final Duration BRIEFLY = Duration.ofMillis(200);

    private final ExecutorService servers = Executors.newCachedThreadPool();
    private final TcpChannels lines = new TcpChannels();

    @AfterEach
    void close() {
        lines.close();
        servers.shutdownNow();
    }

    @Test
    void anyServerHandshakeSucceedsOrFailsWithoutDisclosure() {
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
            isOurPartAlone(seed, server.allTold());
        }
        assertThat(entered).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    private static void isOurPartAlone(long seed, byte[] told) {
        assertThat(told).as("seed %d", seed).hasSizeLessThanOrEqualTo(SAID_MOST);
        var words = new String(told, StandardCharsets.ISO_8859_1);
        assertThat(words).as("seed %d", seed).doesNotContain(PASSWORD);
        if (told.length > 0) {
            assertThat(words).as("seed %d", seed).matches("(?s)RFB 003\\.00[378]\n[\u0001\u0002]?(.{16})?");
        }
    }

    @Test
    void onlyDataAfterTheHandshakeReachesTheServer() {
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
            assertThat(rfbServerHandshake.isOver()).as("seed %d", seed).isEqualTo(isGreeted(whole));
            assertThat(rfbServerHandshake.isWrong()).as("seed %d", seed).isEqualTo(isAnother(whole));
            assertThat(stated.size()).isLessThanOrEqualTo(RfbServerHandshake.SAID_BYTES);
            greeted += rfbServerHandshake.isOver() ? 1 : 0;
        }
        assertThat(greeted).isBetween(1_000, 19_000);
    }

    /** Over sockets: no wait is endless, no thread leaks, and no third party is contacted. */
    @Test
    void bothSidesTalkAtOnceAndEachLineComesToAnEnd() throws Exception {
        try (var neighbour = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var opened = 0;
            for (var seed = 1; seed <= 160; seed++) {
                var randomOutput = new RandomOutput(seed);
                opened += talk(randomOutput, randomOutput.server(), BRIEFLY) ? 1 : 0;
            }
            assertThat(opened).isPositive();
            neighbour.setSoTimeout(100);
            assertThat(isKnockedAt(neighbour)).isFalse();
        }
        var good = "RFB 003.008\n\u0001\u0001\0\0\0\0hello".getBytes(StandardCharsets.US_ASCII);
        assertThat(talk(new RandomOutput(0), good, Duration.ofSeconds(10)))
                .as("a good one after all those")
                .isTrue();
    }

    /** Runs one connection from beginning to end; returns whether the server accepted us. */
    private boolean talk(RandomOutput randomOutput, byte[] words, Duration waitMax) throws Exception {
        try (var accessData = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var heard = serve(accessData, words, randomOutput.isOneOf(8));
            var page = new Page();
            var console = new Console(page, System::nanoTime, false);
            var where = new InetSocketAddress(accessData.getInetAddress(), accessData.getLocalPort());
            var line = lines.connect(where, console, waitMax);
            var typed = randomOutput.page();
            var isIn = false;
            try {
                RfbClientHandshake.enter(line, PASSWORD);
                isIn = true;
                var screen = new VncChannel(line, console);
                console.begin(screen, () -> {});
                screen.greet();
                randomOutput.pieces(typed).forEach(console::type);
                if (isAnother(typed)) {
                    assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
                }
            } catch (IOException refused) {
                line.close();
            }
            console.end(ConsoleEndReason.CLOSED);
            line.close();
            var all = heard.get(10, TimeUnit.SECONDS);
            isToldNothingOfAnother(all, isIn ? afterGreeting(typed) : new byte[0]);
            return isIn;
        }
    }

    /** Asserts that our part is followed only by a prefix of what the page sent to the server. */
    private static void isToldNothingOfAnother(byte[] all, byte[] mayFollow) {
        assertThat(all.length).isLessThanOrEqualTo(SAID_MOST + mayFollow.length);
        if (all.length > SAID_MOST) {
            var rest = new String(Arrays.copyOfRange(all, SAID_MOST, all.length), StandardCharsets.ISO_8859_1);
            assertThat(new String(mayFollow, StandardCharsets.ISO_8859_1)).contains(rest);
        }
        assertThat(new String(all, StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD);
    }

    /** Sends its data and reads until the other end disconnects. */
    private CompletableFuture<byte[]> serve(ServerSocket accessData, byte[] words, boolean staysSilent) {
        return CompletableFuture.supplyAsync(
                () -> {
                    var heard = new ByteArrayOutputStream();
                    try (var visitor = accessData.accept()) {
                        visitor.getOutputStream().write(words);
                        if (!staysSilent) {
                            visitor.shutdownOutput();
                        }
                        var piece = new byte[4_096];
                        for (var count = visitor.getInputStream().read(piece);
                                count >= 0;
                                count = visitor.getInputStream().read(piece)) {
                            heard.write(piece, 0, count);
                        }
                    } catch (IOException gone) {
                        // The reader has disconnected.
                    }
                    return heard.toByteArray();
                },
                servers);
    }

    private static boolean isKnockedAt(ServerSocket accessData) throws IOException {
        try (var visitor = accessData.accept()) {
            return visitor.isBound();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    /** Whether the greeting is valid; the product is compared with this. */
    private static boolean isGreeted(byte[] whole) {
        return whole.length >= GREETED.length && Arrays.equals(Arrays.copyOf(whole, GREETED.length), GREETED);
    }

    /** Whether a complete message of it differs: a partial one does not count yet. */
    private static boolean isAnother(byte[] whole) {
        var version = GREETED.length - 1;
        if (whole.length < version) {
            return false;
        }
        return !Arrays.equals(Arrays.copyOf(whole, version), Arrays.copyOf(GREETED, version))
                || (whole.length > version && whole[version] != GREETED[version]);
    }

    private static byte[] afterGreeting(byte[] whole) {
        return isGreeted(whole) ? Arrays.copyOfRange(whole, GREETED.length, whole.length) : new byte[0];
    }

    /** A server from which no more is ever read at once than the length of a reason. */
    private record Bounded(Script server) implements HandshakeChannel {
        @Override
        public byte[] take(int count) throws IOException {
            assertThat(count).isBetween(0, TAKEN_MOST);
            return server.take(count);
        }

        @Override
        public void give(byte[] bytes) {
            server.give(bytes);
        }
    }
}
