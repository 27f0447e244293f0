package io.tenantry.web.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.console.ConsoleEndReason;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Queued messages of a page that does not read. */
class ConsoleSocketTest {
    private final Sent sent = new Sent();
    private final ConsoleSocket socket = new ConsoleSocket(
            sent.session(),
            new ConsoleVisitor(Scope.PLATFORM, UUID.randomUUID(), Actor.system("test"), Optional.empty()));

    @Test
    void acknowledgesTakenBytesAtOnce() {
        socket.took(5);
        assertThat(sent.texts).containsExactly("{\"took\":5}");
    }

    @Test
    void keepsOneAcknowledgementInFlight() {
        for (var i = 0; i < 10_000; i++) {
            socket.took(1);
            socket.note();
        }
        assertThat(sent.texts).containsExactly("{\"took\":1}");
        sent.goes();
        assertThat(sent.texts).containsExactly("{\"took\":1}", "{\"took\":9999}");
        sent.goes();
        assertThat(sent.texts).hasSize(2);
        assertThat(sent.waiting).isEmpty();
    }

    @Test
    void answersKeepAlive() {
        socket.note();
        assertThat(sent.texts).containsExactly("{\"took\":0}");
    }

    @Test
    void acceptsOneRequest() {
        assertThat(socket.isAsked()).isFalse();
        assertThat(socket.asks()).isTrue();
        assertThat(socket.asks()).isFalse();
        assertThat(socket.isAsked()).isTrue();
    }

    @Test
    void closesSocketWhenConsoleEnds() {
        socket.end(ConsoleEndReason.IDLE_TIMEOUT);
        assertThat(sent.isClosed).isTrue();
    }
}
