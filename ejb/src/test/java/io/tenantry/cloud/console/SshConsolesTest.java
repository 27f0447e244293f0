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

    private static ConsoleFixture here;
    private static KeyPair key;
    private static UUID session;

    private final ShellProvider provider = new ShellProvider();
    private final SshConsoles sshConsoles = new SshConsoles();
    private final Page page = new Page();

    @BeforeAll
    static void open() {
        here = new ConsoleFixture("terminals", ANY);
        key = here.as(here.owner, () -> {
            var unused = here.keys.publicKey(here.service);
            return here.keys.pair(here.service).orElseThrow();
        });
        session = here.session(here.owner);
    }

    @BeforeEach
    void prepare() {
        here.asOwner("truncate %.audit_record");
        here.asOwner("delete from %.service_host_key");
        sshConsoles.consoleTokens = here.consoleTokens;
        sshConsoles.consoleAccess = here.consoleAccess;
        sshConsoles.hostKeys = here.hostKeys;
        sshConsoles.keys = here.keys;
        sshConsoles.consoleEndpoints =
                new ConsoleEndpoints(new ProvisioningTargets(List.of(provider)), new Settings(ANY::get, name -> null));
        sshConsoles.clients = new SshClients();
        sshConsoles.consoleSlots = here.consoleSlots;
        sshConsoles.consoleCleanup = new ConsoleCleanup();
        sshConsoles.consoleCleanup.consoleSlots = here.consoleSlots;
        sshConsoles.consoleCleanup.audit = here.audit;
        sshConsoles.recordings = new Recordings(
                here.billingFixture.sql, here.billingFixture.clock, here.access, here.audit, Vault.of(List.of()));
        sshConsoles.clock = here.billingFixture.clock;
        sshConsoles.audit = here.audit;
    }

    @AfterEach
    void close() {
        here.consoleSlots.close();
        sshConsoles.clients.close();
    }

    @Test
    void theKeyThatIsShownFirstIsTheOneThatAServerIsKnownBy() {
        try (var server = server()) {
            provider.leadsTo(server);
            visit();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().by()).isEqualTo("owner");
            visit();
            assertThat(server.asked).hasSizeGreaterThanOrEqualTo(2).allMatch(who -> who.startsWith("root SHA256:"));
            assertThat(actions())
                    .containsExactly("console.opened", "console.closed", "console.opened", "console.closed");
        }
    }

    @Test
    void anotherServerInItsPlaceIsToldNothingAndWhatItShowedIsRecordedUntilSomebodyAcceptsThat() {
        try (var server = server();
                var other = server()) {
            provider.leadsTo(server);
            visit();
            provider.leadsTo(other);
            assertThat(knock()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(knock()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(other.asked).as("who was let in or tried to be").isEmpty();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo(other.fingerprint());
            assertThat(
                            here.texts(
                                    "select facts->>'fingerprint' from %.audit_record where action = 'console.host_key_refused'"))
                    .containsExactly(other.fingerprint());
            assertThat(here.consoleSlots.count()).isZero();

            assertThat(here.as(here.owner, () -> here.hostKeys.accept(here.service, other.fingerprint())))
                    .isTrue();
            visit();
            provider.leadsTo(server);
            assertThat(knock()).as("the one from before").isInstanceOf(OpenOutcome.HostKeyChanged.class);
        }
    }

    @Test
    void whatTheProviderSaysIsItsKeyIsBelievedBeforeWhatIsShown() {
        try (var server = server();
                var other = server()) {
            provider.leadsTo(other, server.fingerprint());
            assertThat(knock()).isInstanceOf(OpenOutcome.HostKeyChanged.class);
            assertThat(other.asked).isEmpty();
            assertThat(pinned().fingerprint()).isEqualTo(server.fingerprint());
            assertThat(pinned().offered().orElseThrow().fingerprint()).isEqualTo(other.fingerprint());
            provider.leadsTo(server, server.fingerprint());
            visit();
            provider.leadsTo(other, other.fingerprint());
            assertThat(knock()).as("and not again").isInstanceOf(OpenOutcome.HostKeyChanged.class);
        }
    }

    @Test
    void whoTrustsNothingThatWeDoOrDoesNotKnowUsOrIsNotThereIsToldFromEachOther() {
        try (var old = server(ssh -> ssh.setCipherFactories(List.of(BuiltinCiphers.aes256cbc)));
                var stranger = new EchoServer(SshKeyPair.make(), SshKeyPair.make())) {
            provider.leadsTo(old);
            assertThat(knock()).isInstanceOf(OpenOutcome.Outdated.class);
            provider.leadsTo(stranger);
            assertThat(knock()).isInstanceOf(OpenOutcome.Refused.class);
        }
        provider.leadsNowhere();
        assertThat(knock()).isInstanceOf(OpenOutcome.Unreachable.class);
        assertThat(here.as(here.owner, () -> here.hostKeys.find(here.service)))
                .as("who was not entered is not known by its key")
                .isEmpty();
        assertThat(actions()).isEmpty();
        assertThat(here.consoleSlots.count()).isZero();
    }

    @Test
    void whatIsTypedAndShownAndTheTicketAreInNoLogAndInNoRecord() throws Exception {
        try (var server = server();
                var log = CapturedLog.open()) {
            var nobody = token();
            assertThat(enter(nobody)).isInstanceOf(OpenOutcome.Unreachable.class);
            provider.leadsTo(server);
            var token = token();
            var console = ((OpenOutcome.Open) enter(token)).console();
            console.type("hunter-two".getBytes(StandardCharsets.UTF_8));
            page.await("hunter-two");
            console.end(ConsoleEndReason.CLOSED);

            assertThat(log.lines()).as("the log is heard").anyMatch(line -> line.contains("no console of service="));
            assertThat(log.lines()).noneMatch(line -> line.contains("hunter") || line.contains("xterm"));
            assertThat(log.lines()).noneMatch(line -> line.contains(nobody) || line.contains(token));
            var records = String.join(" ", here.texts("select audit_record::text from %.audit_record"));
            assertThat(records).contains("console.opened", "console.closed").doesNotContain("hunter", "xterm", token);
        }
    }

    private static EchoServer server() {
        return server(ssh -> {});
    }

    private static EchoServer server(Consumer<SshServer> odd) {
        return new EchoServer(SshKeyPair.make(), key, odd);
    }

    /** Opens a console and leaves. */
    private void visit() {
        var openOutcome = knock();
        assertThat(openOutcome).isInstanceOf(OpenOutcome.Open.class);
        ((OpenOutcome.Open) openOutcome).console().end(ConsoleEndReason.CLOSED);
    }

    private OpenOutcome knock() {
        return enter(token());
    }

    private OpenOutcome enter(String token) {
        return here.as(here.owner, () -> sshConsoles.open(new ConsoleRequest(token, session, SIZE), page, crew()));
    }

    private static String token() {
        return here.as(here.owner, () -> here.consoleTokens.issue(here.service, ConsoleToken.Kind.SHELL, session));
    }

    private static HostKeys.Pinned pinned() {
        return here.as(here.owner, () -> here.hostKeys.find(here.service)).orElseThrow();
    }

    private static List<String> actions() {
        return here.texts("select action from %.audit_record order by seq");
    }

    /** Runs everything immediately, in its own transaction. */
    private static ConsoleExecutor crew() {
        return new ConsoleExecutor(
                work -> here.billingFixture.in(() -> {
                    work.run();
                    return true;
                }),
                Runnable::run);
    }
}
