package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.SshConsoles.ConsoleExecutor;
import io.tenantry.cloud.console.SshConsoles.ConsoleRequest;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.recording.Recordings;
import io.tenantry.config.Settings;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.ssh.SshKeyPair;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.server.SshServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a token to a shell, on genuine servers and impostors; and the notifications about it. */
class SshConsolesTest {
    private static final Map<String, String> ANY = Map.of("tenantry.outbound.addresses", "any");
    private static final TerminalSize SIZE = new TerminalSize(80, 24);

    private static ConsoleFixture fixture;
    private static KeyPair key;
    private static UUID session;

    private final ShellProvider provider = new ShellProvider();
    private final SshConsoles sshConsoles = new SshConsoles();
    private final Page page = new Page();

    @BeforeAll
    static void open() {
        fixture = new ConsoleFixture("terminals", ANY);
        key = fixture.as(fixture.owner, () -> {
            var unused = fixture.keys.publicKey(fixture.service);
            return fixture.keys.pair(fixture.service).orElseThrow();
        });
        session = fixture.session(fixture.owner);
    }

    @BeforeEach
    void prepare() {
        fixture.asOwner("truncate %.audit_record");
        fixture.asOwner("delete from %.service_host_key");
        sshConsoles.consoleTokens = fixture.consoleTokens;
        sshConsoles.consoleAccess = fixture.consoleAccess;
        sshConsoles.hostKeys = fixture.hostKeys;
        sshConsoles.keys = fixture.keys;
        sshConsoles.consoleEndpoints =
                new ConsoleEndpoints(new ProvisioningTargets(List.of(provider)), new Settings(ANY::get, name -> null));
        sshConsoles.clients = new SshClients();
        sshConsoles.consoleSlots = fixture.consoleSlots;
        sshConsoles.consoleCleanup = new ConsoleCleanup();
        sshConsoles.consoleCleanup.consoleSlots = fixture.consoleSlots;
        sshConsoles.consoleCleanup.audit = fixture.audit;
        sshConsoles.recordings = new Recordings(
                fixture.billingFixture.sql,
                fixture.billingFixture.clock,
                fixture.access,
                fixture.audit,
                Vault.of(List.of()));
        sshConsoles.clock = fixture.billingFixture.clock;
        sshConsoles.audit = fixture.audit;
    }

    @AfterEach
    void close() {
        fixture.consoleSlots.close();
        sshConsoles.clients.close();
    }

    @Test
    void pinsTheHostKeyOfTheFirstVisit() {
        try (var server = server()) {
            provider.pointTo(server);
            openAndClose();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().by()).isEqualTo("owner");
            openAndClose();
            assertThat(server.loginAttempts)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(who -> who.startsWith("root SHA256:"));
            assertThat(actions())
                    .containsExactly("console.opened", "console.closed", "console.opened", "console.closed");
        }
    }

    @Test
    void refusesAChangedHostKeyUntilItIsAccepted() {
        try (var server = server();
                var other = server()) {
            provider.pointTo(server);
            openAndClose();
            provider.pointTo(other);
            assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(other.loginAttempts).as("login attempts").isEmpty();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo(other.fingerprint());
            assertThat(
                            fixture.texts(
                                    "select facts->>'fingerprint' from %.audit_record where action = 'console.host_key_refused'"))
                    .containsExactly(other.fingerprint());
            assertThat(fixture.consoleSlots.count()).isZero();

            assertThat(fixture.as(fixture.owner, () -> fixture.hostKeys.accept(fixture.service, other.fingerprint())))
                    .isTrue();
            openAndClose();
            provider.pointTo(server);
            assertThat(openWithNewToken()).as("the earlier server").isInstanceOf(OpenOutcome.HostKeyChanged.class);
        }
    }

    @Test
    void trustsTheHostKeyReportedByTheProvider() {
        try (var server = server();
                var other = server()) {
            provider.pointTo(other, server.fingerprint());
            assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(other.loginAttempts).isEmpty();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo(other.fingerprint());
            provider.pointTo(server, server.fingerprint());
            openAndClose();
            provider.pointTo(other, other.fingerprint());
            assertThat(openWithNewToken()).as("on a later attempt").isInstanceOf(OpenOutcome.HostKeyChanged.class);
        }
    }

    @Test
    void distinguishesOutdatedRefusingAndUnreachableServers() {
        try (var old = server(ssh -> ssh.setCipherFactories(List.of(BuiltinCiphers.aes256cbc)));
                var stranger = new EchoServer(SshKeyPair.make(), SshKeyPair.make())) {
            provider.pointTo(old);
            assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.Outdated.class);
            provider.pointTo(stranger);
            assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.Refused.class);
        }
        provider.pointToNothing();
        assertThat(openWithNewToken()).isInstanceOf(OpenOutcome.Unreachable.class);
        assertThat(fixture.as(fixture.owner, () -> fixture.hostKeys.find(fixture.service)))
                .as("no key is pinned without a login")
                .isEmpty();
        assertThat(actions()).isEmpty();
        assertThat(fixture.consoleSlots.count()).isZero();
    }

    @Test
    void keepsInputOutputAndTokensOutOfLogsAndAudit() throws Exception {
        try (var server = server();
                var log = CapturedLog.open()) {
            var unusedToken = token();
            assertThat(enter(unusedToken)).isInstanceOf(OpenOutcome.Unreachable.class);
            provider.pointTo(server);
            var token = token();
            var console = ((OpenOutcome.Open) enter(token)).console();
            console.type("hunter-two".getBytes(StandardCharsets.UTF_8));
            page.await("hunter-two");
            console.end(ConsoleEndReason.CLOSED);

            assertThat(log.lines()).as("the log is captured").anyMatch(line -> line.contains("no console of service="));
            assertThat(log.lines()).noneMatch(line -> line.contains("hunter") || line.contains("xterm"));
            assertThat(log.lines()).noneMatch(line -> line.contains(unusedToken) || line.contains(token));
            var records = String.join(" ", fixture.texts("select audit_record::text from %.audit_record"));
            assertThat(records).contains("console.opened", "console.closed").doesNotContain("hunter", "xterm", token);
        }
    }

    private static EchoServer server() {
        return server(ssh -> {});
    }

    private static EchoServer server(Consumer<SshServer> customization) {
        return new EchoServer(SshKeyPair.make(), key, customization);
    }

    /** Opens a console and leaves. */
    private void openAndClose() {
        var openOutcome = openWithNewToken();
        assertThat(openOutcome).isInstanceOf(OpenOutcome.Open.class);
        ((OpenOutcome.Open) openOutcome).console().end(ConsoleEndReason.CLOSED);
    }

    private OpenOutcome openWithNewToken() {
        return enter(token());
    }

    private OpenOutcome enter(String token) {
        return fixture.as(
                fixture.owner,
                () -> sshConsoles.open(new ConsoleRequest(token, session, SIZE), page, consoleExecutor()));
    }

    private static String token() {
        return fixture.as(
                fixture.owner, () -> fixture.consoleTokens.issue(fixture.service, ConsoleToken.Kind.SHELL, session));
    }

    private static HostKeys.Pinned pinned() {
        return fixture.as(fixture.owner, () -> fixture.hostKeys.find(fixture.service))
                .orElseThrow();
    }

    private static List<String> actions() {
        return fixture.texts("select action from %.audit_record order by seq");
    }

    /** Runs everything immediately, in its own transaction. */
    private static ConsoleExecutor consoleExecutor() {
        return new ConsoleExecutor(
                work -> fixture.billingFixture.in(() -> {
                    work.run();
                    return true;
                }),
                Runnable::run);
    }
}
