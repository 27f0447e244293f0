package io.tenantry.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.console.SshConsoles.ConsoleExecutor;
import io.tenantry.cloud.provider.VncConsole.Vnc;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.config.Settings;
import io.tenantry.server.Ports;
import io.tenantry.tenancy.Actor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a permitted user to a picture, with the sandbox's own screens; and all cases in which there is none. */
class VncConsolesTest {
    private static final Map<String, String> ANY = Map.of("tenantry.outbound.addresses", "any");
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);

    /** Greeting, size and name, and all rows of a picture. */
    private static final long PICTURE = 18 + 29 + 4 + 25L * (12 + 640 * 16 * 4);

    /** The size of one row. */
    private static final long ROW = 4 + 12 + 640L * 16 * 4;

    private static ConsoleFixture fixture;

    private final VncProvider provider = new VncProvider();
    private final VncConsoles vncConsoles = new VncConsoles();
    private final Page page = new Page();

    @BeforeAll
    static void open() {
        fixture = new ConsoleFixture("screens", ANY);
    }

    @BeforeEach
    void prepare() {
        fixture.asOwner("truncate %.audit_record");
        fixture.asOwner("update %.service set state = 'ACTIVE'");
        vncConsoles.consoleAccess = fixture.consoleAccess;
        vncConsoles.consoleEndpoints =
                new ConsoleEndpoints(new ProvisioningTargets(List.of(provider)), new Settings(ANY::get, name -> null));
        vncConsoles.lines = new TcpChannels();
        vncConsoles.consoleSlots = fixture.consoleSlots;
        vncConsoles.audit = fixture.audit;
        vncConsoles.consoleCleanup = new ConsoleCleanup();
        vncConsoles.consoleCleanup.consoleSlots = fixture.consoleSlots;
        vncConsoles.consoleCleanup.audit = fixture.audit;
    }

    @AfterEach
    void close() {
        fixture.consoleSlots.close();
        vncConsoles.lines.close();
        provider.close();
    }

    @Test
    void showsTheScreenAndSendsKeys() throws Exception {
        var console = openConsole(page);
        page.await("RFB 003.008\n");
        console.type(VERSION);
        console.type(new byte[] {1, 1});
        page.await("web-7");
        console.type(bytes("03000000000002800190"));
        awaitOutput(console, PICTURE);
        console.type(bytes("0401000000000061"));
        console.type(bytes("03010000000002800190"));
        awaitOutput(console, PICTURE + ROW);
        console.end(ConsoleEndReason.CLOSED);
        assertThat(provider.requests()).containsExactly("open", "close");
        assertThat(fixture.texts(
                        "select action || (facts ->> 'kind') from %.audit_record where action = 'console.opened'"))
                .containsExactly("console.openedvnc");
        assertThat(ends()).containsExactly("closed");
        assertThat(fixture.consoleSlots.count()).isZero();
    }

    @Test
    void disconnectsAPageWithAnInvalidGreeting() throws Exception {
        var console = openConsole(page);
        console.type("GET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
        awaitUntil(() -> ends().equals(List.of("connection_lost")));
    }

    @Test
    void reportsALostConnectionWhenTheServerCloses() throws Exception {
        var console = openConsole(page);
        console.type(VERSION);
        console.type(new byte[] {1, 1});
        page.await("web-7");
        provider.vncServers.close();
        assertThat(page.awaitEnd()).contains(ConsoleEndReason.CONNECTION_LOST);
        awaitUntil(() -> ends().equals(List.of("connection_lost")));
    }

    @Test
    void closesTheScreenWhenThePasswordIsRefused() {
        var right = provider.vncServers.show("screens-1");
        provider.setEndpoint(new Vnc(right.host(), right.port(), "mistaken", Optional.empty()));
        assertThat(tryToOpen(fixture.owner)).isInstanceOf(OpenOutcome.Refused.class);
        assertThat(provider.requests()).containsExactly("open", "close");
        assertThat(fixture.consoleSlots.count()).isZero();
        assertThat(fixture.texts("select action from %.audit_record")).isEmpty();
    }

    @Test
    void reportsAnUnreachableScreenOrFailingProvider() {
        provider.setEndpoint(new Vnc("127.0.0.1", Ports.free(), "secret", Optional.empty()));
        assertThat(tryToOpen(fixture.owner)).isInstanceOf(OpenOutcome.Unreachable.class);
        provider.fail();
        assertThat(tryToOpen(fixture.owner)).isInstanceOf(OpenOutcome.Unreachable.class);
    }

    @Test
    void limitsTheWaitForASilentServer() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var lines = new TcpChannels();
            var began = System.nanoTime();
            var console = new Console(page, System::nanoTime, false);
            var line = lines.connect(
                    new InetSocketAddress(silent.getInetAddress(), silent.getLocalPort()),
                    console,
                    Duration.ofMillis(300));
            assertThatThrownBy(() -> RfbClientHandshake.enter(line, "any")).isInstanceOf(IOException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            line.close();
            lines.close();
        }
    }

    @Test
    void refusesWithoutPermissionOrARunningServer() {
        assertThat(tryToOpen(fixture.viewer)).isInstanceOf(OpenOutcome.NotAllowed.class);
        fixture.asOwner("update %.service set state = 'SUSPENDED'");
        assertThat(tryToOpen(fixture.owner)).isInstanceOf(OpenOutcome.NoServer.class);
        assertThat(provider.requests()).isEmpty();
    }

    /** One page stops reading during endless output; the server is no longer read, and another page is as quick as before. */
    @Test
    void stallsOnlyTheServerOfASlowReader() throws Exception {
        try (var endlessOutputServer = new EndlessOutputServer()) {
            page.pause();
            var slow = new Console(page, System::nanoTime, false);
            var line = vncConsoles.lines.connect(endlessOutputServer.address(), slow, Duration.ofSeconds(5));
            slow.begin(line, () -> {});
            line.begin();
            awaitUntil(page::isPaused);
            assertThat(endlessOutputServer.sentOnceStalled()).isLessThan(EndlessOutputServer.ENDLESS);

            var other = new Page();
            var quick = openConsole(other);
            quick.type(VERSION);
            quick.type(new byte[] {1, 1});
            other.await("web-7");
            assertThat(slow.ended()).isEmpty();
            slow.end(ConsoleEndReason.CLOSED);
        }
    }

    /** The signal of the end may have come before the console had a slot. */
    @Test
    void showsNoScreenInASessionThatHasEnded() {
        var session = fixture.session(fixture.owner);
        fixture.asOwner("update %.web_session set ended_at = now() where id = '" + session + "'");
        assertThat(fixture.as(fixture.owner, () -> vncConsoles.open(fixture.service, session, page, consoleExecutor())))
                .isEqualTo(new OpenOutcome.NotAllowed());
    }

    /** Returns the recorded end reasons so far: written a moment after the page was notified. */
    private static List<String> ends() {
        return fixture.texts("select facts ->> 'end' from %.audit_record where action = 'console.closed'");
    }

    private Console openConsole(Page at) {
        var session = fixture.session(fixture.owner);
        var openOutcome =
                fixture.as(fixture.owner, () -> vncConsoles.open(fixture.service, session, at, consoleExecutor()));
        return ((OpenOutcome.Open) openOutcome).console();
    }

    private OpenOutcome tryToOpen(Actor person) {
        var session = fixture.session(person);
        return fixture.as(person, () -> vncConsoles.open(fixture.service, session, page, consoleExecutor()));
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

    /** Output is drawn immediately. */
    private static void awaitOutput(Console console, long bytes) {
        awaitUntil(() -> {
            console.seen(bytes);
            return console.outputBytes() >= bytes;
        });
        assertThat(console.outputBytes()).isEqualTo(bytes);
    }

    private static void awaitUntil(BooleanSupplier so) {
        for (var i = 0; i < 1_000 && !so.getAsBoolean(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(so.getAsBoolean()).isTrue();
    }

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal);
    }
}
