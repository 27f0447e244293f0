package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.ssh.SshKeyPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Byte-level behavior of consoles on a real server. */
class SshChannelTest {
    private final KeyPair key = SshKeyPair.read(SshKeyPair.write(SshKeyPair.make()));
    private final EchoServer server = new EchoServer(SshKeyPair.make(), key);
    private final SshClients clients = new SshClients();

    @AfterEach
    void tearDown() {
        clients.close();
        server.close();
    }

    @Test
    void echoesInputInATerminalOfTheRequestedSize() throws Exception {
        var page = new Page();
        var console = open(page, new TerminalSize(132, 40));
        page.await("xterm-256color 132");
        console.type(bytes("hello"));
        page.await("hello");
        console.type(bytes("q"));
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.EXITED);
    }

    @Test
    void reportsALostConnectionWhenTheServerCloses() throws Exception {
        var page = new Page();
        open(page, new TerminalSize(80, 24));
        page.await("xterm");
        server.close();
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
    }

    @Test
    void closesTheSessionWhenTheConsoleEnds() throws Exception {
        var page = new Page();
        var console = open(page, new TerminalSize(80, 24));
        assertThat(server.users()).containsExactly("root");
        console.end(ConsoleEndReason.CLOSED);
        awaitUntil(() -> server.users().isEmpty());
        assertThat(server.users()).isEmpty();
    }

    @Test
    void refusesAChangedHostKeyBeforeLogin() {
        var check = new HostKeyCheck(Optional.of("SHA256:known"));
        assertThatThrownBy(() -> clients.login(server.endpoint(), key, check)).isInstanceOf(IOException.class);
        assertThat(check.isAnother()).isTrue();
        assertThat(check.shown()).contains(server.fingerprint());
    }

    @Test
    void acceptsTheKnownHostKey() throws Exception {
        var check = new HostKeyCheck(Optional.of(server.fingerprint()));
        try (var session = clients.login(server.endpoint(), key, check)) {
            assertThat(session.isAuthenticated()).isTrue();
            assertThat(check.isAnother()).isFalse();
        }
    }

    @Test
    void failsWhenTheServerRefusesTheKey() {
        var check = new HostKeyCheck(Optional.empty());
        assertThatThrownBy(() -> clients.login(server.endpoint(), SshKeyPair.make(), check))
                .isInstanceOf(IOException.class);
        assertThat(check.isAnother()).isFalse();
        assertThat(check.shown()).isPresent();
    }

    /** One page stops reading during endless output; the server stalls, and another console is as quick as before. */
    @Test
    void stallsOnlyTheServerOfASlowReader() throws Exception {
        var slow = new Page();
        var flood = open(slow, new TerminalSize(80, 24));
        slow.pause();
        flood.type(bytes("y"));
        awaitUntil(slow::isPaused);
        var before = outputOnceStalled();
        assertThat(before).isLessThan(1_000_000);

        var other = new Page();
        var console = open(other, new TerminalSize(80, 24));
        console.type(bytes("as fast as before"));
        other.await("as fast as before");
        assertThat(server.sentBytes.get() - before).isLessThan(1_000);
        flood.end(ConsoleEndReason.CLOSED);
    }

    /** Returns the server's output once it no longer grows. */
    private long outputOnceStalled() {
        var before = -1L;
        var now = server.sentBytes.get();
        while (now != before) {
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now = server.sentBytes.get();
        }
        return now;
    }

    private static void awaitUntil(BooleanSupplier so) {
        for (var i = 0; i < 1_000 && !so.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private Console open(Page page, TerminalSize terminalSize) throws IOException {
        var console = new Console(page, System::nanoTime);
        var session = clients.login(server.endpoint(), key, new HostKeyCheck(Optional.empty()));
        console.begin(SshChannel.open(session, terminalSize, console), () -> {});
        return console;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
