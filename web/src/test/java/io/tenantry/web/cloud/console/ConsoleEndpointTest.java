package io.tenantry.web.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.ClientChannel;
import io.tenantry.cloud.console.OpenOutcome;
import io.tenantry.cloud.console.SshConsoles;
import io.tenantry.cloud.console.TerminalSize;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a page to a console's socket, including ignored ones. */
class ConsoleEndpointTest {
    private static final int NO_TICKET = 4002;
    private static final int OUTDATED = 4014;

    private final UUID sessionId = UUID.randomUUID();
    private final List<SshConsoles.ConsoleRequest> asked = new ArrayList<>();
    private final Sent sent = new Sent();
    private final Session socket = sent.session(
            Optional.of(new ConsoleVisitor(Scope.PLATFORM, sessionId, Actor.system("test"), Optional.empty())));
    private final ConsoleEndpoint endpoint = new ConsoleEndpoint();

    @BeforeEach
    void open() throws IOException {
        endpoint.crew = new ConsoleExecutors() {
            @Override
            boolean open(Runnable work) {
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
        endpoint.open(socket);
    }

    @Test
    void whatComesBeforeATicketEndsIt() {
        endpoint.heard("{\"here\":true}", socket);
        assertThat(codes()).containsExactly(NO_TICKET);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsTypedBeforeATicketGoesNowhere() {
        endpoint.typed("reboot\n".getBytes(StandardCharsets.UTF_8), socket);
        endpoint.heard("{\"columns\":80,\"rows\":24}", socket);
        assertThat(asked).isEmpty();
        assertThat(sent.texts).isEmpty();
    }

    @Test
    void whereToConnectToIsNothingThatAPageCanSay() {
        endpoint.heard(
                "{\"token\":\"a\",\"columns\":90,\"rows\":30,\"host\":\"127.0.0.1\",\"port\":5901," + "\"service\":\""
                        + UUID.randomUUID() + "\",\"session\":\"" + UUID.randomUUID() + "\"}",
                socket);
        assertThat(asked).containsExactly(new SshConsoles.ConsoleRequest("a", sessionId, new TerminalSize(90, 30)));
        assertThat(asked.toString()).as("a token is in no log").doesNotContain("ticket", "\"a\"");
        assertThat(codes()).containsExactly(OUTDATED);
    }

    @Test
    void aSocketAsksOnce() {
        endpoint.heard("{\"token\":\"a\"}", socket);
        endpoint.heard("{\"token\":\"b\"}", socket);
        assertThat(asked).extracting(SshConsoles.ConsoleRequest::token).containsExactly("a");
        assertThat(codes()).containsExactly(OUTDATED, NO_TICKET);
    }

    @Test
    void whatNoPageOfOursSaysEndsIt() {
        endpoint.heard("not json", socket);
        assertThat(sent.ends)
                .extracting(CloseReason::getCloseCode)
                .containsExactly(CloseReason.CloseCodes.VIOLATED_POLICY);
    }

    @Test
    void nobodyIsHeard() throws IOException {
        var stranger = new Sent();
        var theirs = stranger.session();
        endpoint.open(theirs);
        endpoint.heard("{\"token\":\"a\"}", theirs);
        assertThat(stranger.ends).hasSize(1);
        assertThat(asked).isEmpty();
    }

    private List<Integer> codes() {
        return sent.ends.stream().map(end -> end.getCloseCode().getCode()).toList();
    }
}
