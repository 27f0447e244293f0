package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ConsoleEndReason;
import io.tenantry.cloud.console.OpenOutcome;
import io.tenantry.kernel.limits.FairThreads.Lateness;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;

/** The close codes of a console's socket, for which the page has texts; see resources/js/console.js. */
final class ConsoleCloseCodes {
    /** No valid console token arrived in time. */
    static final CloseReason NO_TICKET = of(4002);

    /** The message is not one that a page of ours sends. */
    static final CloseReason NONSENSE = new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "");

    static final CloseReason TOO_MANY = of(4005);

    private ConsoleCloseCodes() {}

    static CloseReason of(OpenOutcome refused) {
        if (refused instanceof OpenOutcome.InvalidToken) {
            return NO_TICKET;
        }
        if (refused instanceof OpenOutcome.NotAllowed) {
            return of(4003);
        }
        if (refused instanceof OpenOutcome.NoServer) {
            return of(4004);
        }
        if (refused instanceof OpenOutcome.TooMany) {
            return TOO_MANY;
        }
        if (refused instanceof OpenOutcome.HostKeyChanged) {
            return of(4007);
        }
        if (refused instanceof OpenOutcome.Outdated) {
            return of(4014);
        }
        return of(refused instanceof OpenOutcome.Refused ? 4008 : 4006);
    }

    static CloseReason of(Lateness lateness) {
        return lateness == Lateness.WAITED ? TOO_MANY : of(new OpenOutcome.Unreachable());
    }

    static CloseReason of(ConsoleEndReason consoleEndReason) {
        return switch (consoleEndReason) {
            case CLOSED -> new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "");
            case SIGNED_OUT -> of(4001);
            case FORBIDDEN -> of(4003);
            case IDLE_TIMEOUT -> of(4009);
            case TIME_LIMIT -> of(4010);
            case EXITED -> of(4011);
            case CONNECTION_LOST -> of(4012);
            case BUFFER_OVERFLOW -> of(4013);
            case SHUTDOWN -> new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "");
        };
    }

    private static CloseReason of(int code) {
        CloseCode number = CloseReason.CloseCodes.getCloseCode(code);
        return new CloseReason(number, "");
    }
}
