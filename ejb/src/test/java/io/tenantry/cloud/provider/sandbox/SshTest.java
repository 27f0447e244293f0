package io.tenantry.cloud.provider.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderServer.State;
import io.tenantry.cloud.provider.SshEndpointLookup.Endpoint;
import io.tenantry.cloud.provider.sandbox.SshTestClient.CommandResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession.ClientSessionEvent;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SSH authentication and the behavior of commands. */
class SshTest {
    @TempDir
    Path folder;

    private SandboxFixture sandboxFixture;
    private SshTestClient sshTestClient;
    private SandboxClient account;
    private String id;

    @BeforeEach
    void setUp() {
        sandboxFixture = new SandboxFixture(folder);
        account = sandboxFixture.account();
        sshTestClient = SshTestClient.withKey();
        id = sandboxFixture.server(SandboxFixture.HOSTNAME, sshTestClient.line());
    }

    @AfterEach
    void tearDown() {
        sshTestClient.close();
        sandboxFixture.close();
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, 0", "RSA, 2048", "EC, 256"})
    void logsInAsRootWithAnAuthorizedKey(String kind, int bits) throws IOException {
        try (var other = new SshTestClient(SshTestClient.key(kind, bits))) {
            var endpoint = account.shell(
                    sandboxFixture.server("keys.example.org", sshTestClient.line(), other.line() + " a comment"));
            assertThat(other.run(endpoint, "whoami")).isEqualTo(new CommandResult(0, "root\n"));
            assertThat(other.fingerprint()).isEqualTo(endpoint.hostKeyFingerprintOrEmpty());
        }
    }

    @Test
    void refusesAnUnknownKey() {
        try (var other = SshTestClient.withKey()) {
            assertThatThrownBy(() -> other.login(account.shell(id))).isInstanceOf(SshException.class);
        }
    }

    @Test
    void refusesUsersOtherThanRoot() throws IOException {
        try (var session = sshTestClient.connect(account.shell(id), "admin")) {
            assertThatThrownBy(() -> session.auth().verify(SshTestClient.PATIENCE))
                    .isInstanceOf(SshException.class);
        }
    }

    @Test
    void acceptsOnlyTheLatestResetPassword() throws IOException {
        assertThat(acceptsPassword("")).isFalse();
        assertThat(acceptsPassword("root")).isFalse();

        var reset = account.resetPassword(id);
        sandboxFixture.completeTasks();
        assertThat(reset.password()).hasSizeGreaterThan(15);
        assertThat(acceptsPassword(reset.password())).isTrue();
        assertThat(acceptsPassword(reset.password() + "x")).isFalse();

        var another = account.resetPassword(id);
        sandboxFixture.completeTasks();
        assertThat(acceptsPassword(reset.password())).isFalse();
        sandboxFixture.restart();
        account = sandboxFixture.account();
        assertThat(acceptsPassword(another.password())).isTrue();
    }

    @Test
    void reachesTheServerThroughAnAdditionalAddress() throws IOException {
        var endpoint = account.shell(id);
        var address = account.addAddress(id).text();
        var additional = new Endpoint(address, endpoint.port(), endpoint.hostKeyFingerprintOrEmpty());
        sandboxFixture.completeTasks();
        assertThat(account.server(id).orElseThrow().addresses()).containsExactly(endpoint.host(), address);
        assertThat(sshTestClient.run(additional, "hostname"))
                .isEqualTo(new CommandResult(0, SandboxFixture.HOSTNAME + "\n"));

        sandboxFixture.restart();
        account = sandboxFixture.account();
        var again = account.shell(id);
        assertThat(sshTestClient.run(
                        new Endpoint(address, again.port(), again.hostKeyFingerprintOrEmpty()), "hostname"))
                .isEqualTo(new CommandResult(0, SandboxFixture.HOSTNAME + "\n"));

        account.releaseAddress(id, address);
        account.releaseAddress(id, address);
        assertThatThrownBy(() -> sshTestClient.login(additional)).isInstanceOf(IOException.class);
        assertThat(sshTestClient.run(again, "hostname").code()).isZero();
        assertThat(account.isKept(id, address)).isFalse();
    }

    @Test
    void runsCommandsAndReturnsTheirExitCodes() throws IOException {
        var endpoint = account.shell(id);
        assertThat(sshTestClient.run(endpoint, "hostname"))
                .isEqualTo(new CommandResult(0, SandboxFixture.HOSTNAME + "\n"));
        assertThat(sshTestClient.run(endpoint, "cat nothing").code()).isEqualTo(1);
        assertThat(sshTestClient.run(endpoint, "no-such-program").code()).isEqualTo(127);
        assertThat(sshTestClient.run(endpoint, "uname -a").text())
                .contains("Debian GNU/Linux 13")
                .doesNotContain("\r");
    }

    @Test
    void keepsFilesAcrossSessionsAndRestarts() throws IOException {
        assertThat(sshTestClient
                        .run(account.shell(id), "mkdir -p a/b && echo hello > a/b/c")
                        .code())
                .isZero();
        assertThat(sshTestClient.run(account.shell(id), "cat a/b/c").text()).isEqualTo("hello\n");
        sandboxFixture.restart();
        assertThat(sshTestClient
                        .run(sandboxFixture.account().shell(id), "cat a/b/c")
                        .text())
                .isEqualTo("hello\n");
    }

    @Test
    void restoresFilesFromASnapshot() throws IOException {
        sshTestClient.run(account.shell(id), "echo before > file");
        account.snapshot(id, "copy");
        sandboxFixture.completeTasks();
        sshTestClient.run(account.shell(id), "echo after > file && touch more");
        account.restore(id, account.snapshots(id).get(0).id());
        sandboxFixture.completeTasks();
        assertThat(sshTestClient.run(account.shell(id), "cat file; ls").text()).isEqualTo("before\nfile\n");
    }

    @Test
    void writesAFileFromStandardInput() throws IOException {
        try (var session = sshTestClient.login(account.shell(id))) {
            var bytes = new byte[20_000];
            for (var i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            assertThat(SshTestClient.run(session, "cat > file", bytes).code()).isZero();
            assertThat(SshTestClient.run(session, "ls -l file", new byte[0]).text())
                    .contains(" 20000 ");
            assertThat(SshTestClient.run(session, "cat > big", new byte[200_000])
                            .text())
                    .contains("No space left");
        }
    }

    @Test
    void closesSessionsOnRestartAndReturnsInTime() throws IOException {
        var endpoint = account.shell(id);
        try (var session = sshTestClient.login(endpoint)) {
            account.power(id, PowerAction.RESTART);
            assertThat(session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED), SshTestClient.PATIENCE))
                    .contains(ClientSessionEvent.CLOSED);
        }
        assertThatThrownBy(() -> sshTestClient.login(endpoint)).isInstanceOf(IOException.class);
        sandboxFixture.advance(Duration.ofSeconds(4));
        assertThat(sshTestClient.run(endpoint, "uptime").text()).contains("up 0:00");
    }

    @Test
    void rebootsAndPowersOffFromAShell() throws IOException {
        var endpoint = account.shell(id);
        sshTestClient.run(endpoint, "reboot");
        assertThat(state()).isEqualTo(State.BUSY);
        sandboxFixture.completeTasks();
        assertThat(state()).isEqualTo(State.RUNNING);
        sshTestClient.run(endpoint, "poweroff");
        sandboxFixture.completeTasks();
        assertThat(state()).isEqualTo(State.STOPPED);
        assertThatThrownBy(() -> sshTestClient.login(endpoint)).isInstanceOf(IOException.class);
    }

    @Test
    void stopsListeningWhenDeleted() throws IOException {
        var endpoint = account.shell(id);
        try (var session = sshTestClient.login(endpoint)) {
            account.delete(id);
            assertThat(session.waitFor(EnumSet.of(ClientSessionEvent.CLOSED), SshTestClient.PATIENCE))
                    .contains(ClientSessionEvent.CLOSED);
        }
        assertThatThrownBy(() -> sshTestClient.login(endpoint)).isInstanceOf(IOException.class);
    }

    @Test
    void offersNoForwardingOrSubsystems() throws IOException {
        try (var session = sshTestClient.login(account.shell(id))) {
            var source = new SshdSocketAddress("127.0.0.1", 1);
            var target = new SshdSocketAddress("127.0.0.1", 22);
            assertThatThrownBy(() -> session.createDirectTcpipChannel(source, target)
                            .open()
                            .verify(SshTestClient.PATIENCE))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> session.startRemotePortForwarding(new SshdSocketAddress("127.0.0.1", 0), target))
                    .isInstanceOf(IOException.class);
            var subsystem = session.createSubsystemChannel("sftp");
            subsystem.open();
            assertThat(subsystem.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), SshTestClient.PATIENCE))
                    .contains(ClientChannelEvent.CLOSED);
        }
    }

    @Test
    void keepsPathsWithinTheServer() throws IOException {
        var endpoint = account.shell(id);
        for (var path :
                new String[] {"../../../../etc/passwd", "/etc/passwd", "/proc/self/environ", "etc/../../../x"}) {
            assertThat(sshTestClient.run(endpoint, "cat " + path).text()).contains("No such file");
        }
        assertThat(sshTestClient.run(endpoint, "cat ../../../../etc/hostname").text())
                .isEqualTo(SandboxFixture.HOSTNAME + "\n");
    }

    @Test
    void refusesAnExcessivelyLongLine() throws IOException {
        assertThat(sshTestClient
                        .run(account.shell(id), "echo " + "x".repeat(20_000))
                        .text())
                .isEqualTo("sh: line is longer than 4096 characters\n");
    }

    private boolean acceptsPassword(String password) throws IOException {
        try (var session = sshTestClient.connect(account.shell(id), "root")) {
            session.addPasswordIdentity(password.isEmpty() ? "empty" : password);
            session.auth().verify(SshTestClient.PATIENCE);
            return true;
        } catch (SshException refused) {
            return false;
        }
    }

    private State state() {
        return account.server(id).orElseThrow().state();
    }
}
