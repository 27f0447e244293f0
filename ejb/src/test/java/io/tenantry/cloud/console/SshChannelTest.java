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
    void part() {
        clients.close();
        server.close();
    }

    @Test
    void whatIsTypedComesBackInATerminalOfTheSizeThatWasAskedFor() throws Exception {
        var page = new Page();
        var console = open(page, new TerminalSize(132, 40));
        page.await("xterm-256color 132");
        console.type(bytes("hello"));
        page.await("hello");
        console.type(bytes("q"));
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.EXITED);
    }

    @Test
    void aServerThatGoesAwayIsNoticed() throws Exception {
        var page = new Page();
        open(page, new TerminalSize(80, 24));
        page.await("xterm");
        server.close();
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
    }

    @Test
    void whoLeavesLeavesNothingBehind() throws Exception {
        var page = new Page();
        var console = open(page, new TerminalSize(80, 24));
        assertThat(server.people()).containsExactly("root");
        console.end(ConsoleEndReason.CLOSED);
        until(() -> server.people().isEmpty());
        assertThat(server.people()).isEmpty();
    }

    @Test
    void anotherHostKeyThanIsKnownIsRefusedBeforeAnythingIsSaid() {
        var check = new HostKeyCheck(Optional.of("SHA256:known"));
        assertThatThrownBy(() -> clients.login(server.where(), key, check)).isInstanceOf(IOException.class);
        assertThat(check.isAnother()).isTrue();
        assertThat(check.shown()).contains(server.fingerprint());
    }

    @Test
    void theKnownHostKeyIsAccepted() throws Exception {
        var check = new HostKeyCheck(Optional.of(server.fingerprint()));
        try (var session = clients.login(server.where(), key, check)) {
            assertThat(session.isAuthenticated()).isTrue();
            assertThat(check.isAnother()).isFalse();
        }
    }

    @Test
    void aKeyThatTheServerDoesNotKnowIsRefused() {
        var check = new HostKeyCheck(Optional.empty());
        assertThatThrownBy(() -> clients.login(server.where(), SshKeyPair.make(), check))
                .isInstanceOf(IOException.class);
        assertThat(check.isAnother()).isFalse();
        assertThat(check.shown()).isPresent();
    }

    /** One page stops reading during endless output; the server stalls, and another console is as quick as before. */
    @Test
    void whoDoesNotReadStallsTheServerAndNobodyElse() throws Exception {
        var slow = new Page();
        var flood = open(slow, new TerminalSize(80, 24));
        slow.stop();
        flood.type(bytes("y"));
        until(slow::isStopped);
        var before = settled();
        assertThat(before).isLessThan(1_000_000);

        var other = new Page();
        var console = open(other, new TerminalSize(80, 24));
        console.type(bytes("as fast as before"));
        other.await("as fast as before");
        assertThat(server.stated.get() - before).isLessThan(1_000);
        flood.end(ConsoleEndReason.CLOSED);
    }

    /** Returns the server's output once it no longer grows. */
    private long settled() {
        var before = -1L;
        var now = server.stated.get();
        while (now != before) {
            before = now;
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            now = server.stated.get();
        }
        return now;
    }

    private static void until(BooleanSupplier so) {
        for (var i = 0; i < 1_000 && !so.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private Console open(Page page, TerminalSize terminalSize) throws IOException {
        var console = new Console(page, System::nanoTime);
        var session = clients.login(server.where(), key, new HostKeyCheck(Optional.empty()));
        console.begin(SshChannel.open(session, terminalSize, console), () -> {});
        return console;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
