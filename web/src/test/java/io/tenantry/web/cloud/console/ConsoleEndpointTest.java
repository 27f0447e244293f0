package io.tenantry.web.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.ClientChannel;
import io.tenantry.cloud.console.OpenOutcome;
import io.tenantry.cloud.console.SshConsoles;
import io.tenantry.cloud.console.TerminalSize;
import io.tenantry.kernel.limits.FairThreads.Lateness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.web.push.SocketLimits;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a page to a console's socket, including ignored ones. */
class ConsoleEndpointTest {
    private static final int NO_TICKET = 4002;
    private static final int OUTDATED = 4014;

    private final UUID sessionId = UUID.randomUUID();
    private final List<SshConsoles.ConsoleRequest> asked = new ArrayList<>();
    private final Sent sent = new Sent();
    private final AtomicLong nanos = new AtomicLong();
    private final Session socket = sent.session(visitor());
    private final ConsoleEndpoint endpoint = new ConsoleEndpoint();

    @BeforeEach
    void open() throws IOException {
        endpoint.crew = new ConsoleExecutors() {
            @Override
            boolean open(ConsoleVisitor visitor, Runnable work, Consumer<Lateness> late) {
                work.run();
                return true;
            }
        };
        endpoint.sshConsoles = new SshConsoles() {
            @Override
            public OpenOutcome open(ConsoleRequest what, ClientChannel clientChannel, ConsoleExecutor consoleExecutor) {
                asked.add(what);
                return new OpenOutcome.Outdated();
            }
        };
        endpoint.unopened = new UnopenedConsoles(nanos::get);
        endpoint.limits = new SocketLimits();
        endpoint.open(socket);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"here\":true}", "{\"columns\":80,\"rows\":24}", "{\"seen\":1}", "{\"active\":true}", "{}"})
    void closesOnMessageBeforeToken(String words) {
        endpoint.heard(words, socket);
        assertThat(codes()).containsExactly(NO_TICKET);
        assertThat(asked).isEmpty();
    }

    @Test
    void closesOnInputBeforeToken() {
        endpoint.typed("reboot\n".getBytes(StandardCharsets.UTF_8), socket);
        assertThat(codes()).containsExactly(NO_TICKET);
        assertThat(asked).isEmpty();
        assertThat(sent.texts).isEmpty();
    }

    @Test
    void ignoresConnectionTargetFromPage() {
        endpoint.heard(
                "{\"token\":\"a\",\"columns\":90,\"rows\":30,\"host\":\"127.0.0.1\",\"port\":5901," + "\"service\":\""
                        + UUID.randomUUID() + "\",\"session\":\"" + UUID.randomUUID() + "\"}",
                socket);
        assertThat(asked).containsExactly(new SshConsoles.ConsoleRequest("a", sessionId, new TerminalSize(90, 30)));
        assertThat(asked.toString()).as("a token is in no log").doesNotContain("ticket", "\"a\"");
        assertThat(codes()).containsExactly(OUTDATED);
    }

    @Test
    void opensOnlyOneConsolePerSocket() {
        endpoint.heard("{\"token\":\"a\"}", socket);
        endpoint.heard("{\"token\":\"b\"}", socket);
        assertThat(asked).extracting(SshConsoles.ConsoleRequest::token).containsExactly("a");
        assertThat(codes()).containsExactly(OUTDATED, NO_TICKET);
    }

    @Test
    void closesOnMalformedMessage() {
        endpoint.heard("not json", socket);
        assertThat(sent.ends)
                .extracting(CloseReason::getCloseCode)
                .containsExactly(CloseReason.CloseCodes.VIOLATED_POLICY);
    }

    @Test
    void rejectsSocketWithoutVisitor() throws IOException {
        var stranger = new Sent();
        var theirs = stranger.session();
        endpoint.open(theirs);
        endpoint.heard("{\"token\":\"a\"}", theirs);
        assertThat(stranger.ends).hasSize(1);
        assertThat(asked).isEmpty();
    }

    @Test
    void closesSilentSocketWithoutConsoleRequest() throws IOException {
        nanos.set(UnopenedConsoles.TOKEN_MAX.toNanos());
        endpoint.unopened.check();
        assertThat(codes()).isEmpty();
        nanos.incrementAndGet();
        endpoint.unopened.check();
        endpoint.unopened.check();
        assertThat(codes()).containsExactly(NO_TICKET);

        endpoint.crew = new ConsoleExecutors() {
            @Override
            boolean open(ConsoleVisitor visitor, Runnable work, Consumer<Lateness> late) {
                return true;
            }
        };
        var slow = new Sent();
        var opening = slow.session(visitor());
        endpoint.open(opening);
        endpoint.heard("{\"token\":\"a\"}", opening);
        nanos.addAndGet(2 * UnopenedConsoles.TOKEN_MAX.toNanos());
        endpoint.unopened.check();
        assertThat(slow.ends).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"WAITED,4005", "INTERRUPTED,4006"})
    void closesSocketWhoseConsoleIsNotOpenedInTime(Lateness lateness, int code) {
        endpoint.crew = new ConsoleExecutors() {
            @Override
            boolean open(ConsoleVisitor visitor, Runnable work, Consumer<Lateness> late) {
                late.accept(lateness);
                work.run();
                return true;
            }
        };
        endpoint.heard("{\"token\":\"a\"}", socket);
        assertThat(codes()).containsExactly(code);
        assertThat(asked).as("nothing is opened for a page that has left").isEmpty();
    }

    @Test
    void limitsOpenSocketsPerSession() throws IOException {
        for (int i = 1; i < ConsoleEndpoint.OF_ONE_SESSION_MAX; i++) {
            var further = new Sent();
            endpoint.open(further.session(visitor()));
            assertThat(further.ends).isEmpty();
        }
        var surplus = new Sent();
        endpoint.open(surplus.session(visitor()));
        assertThat(surplus.ends).containsExactly(ConsoleCloseCodes.TOO_MANY);
        endpoint.close(socket);
        var next = new Sent();
        endpoint.open(next.session(visitor()));
        assertThat(next.ends).isEmpty();
    }

    private Optional<Principal> visitor() {
        return Optional.of(new ConsoleVisitor(Scope.PLATFORM, sessionId, Actor.system("test"), Optional.empty()));
    }

    private List<Integer> codes() {
        return sent.ends.stream().map(end -> end.getCloseCode().getCode()).toList();
    }
}
