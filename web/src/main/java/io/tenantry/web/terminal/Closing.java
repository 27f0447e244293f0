package io.tenantry.web.terminal;

import io.tenantry.terminal.End;
import io.tenantry.terminal.Opening;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCode;

/** Why a console's socket is closed, as a number that the page has words for; see resources/js/terminal.js. */
final class Closing {
    /** No ticket came in time, or none that is good. */
    static final CloseReason NO_TICKET = of(4002);

    /** What came is nothing that a page of ours sends. */
    static final CloseReason NONSENSE = new CloseReason(CloseReason.CloseCodes.VIOLATED_POLICY, "");

    static final CloseReason TOO_MANY = of(4005);

    private Closing() {}

    static CloseReason of(Opening refused) {
        if (refused instanceof Opening.NoTicket) {
            return NO_TICKET;
        }
        if (refused instanceof Opening.NotAllowed) {
            return of(4003);
        }
        if (refused instanceof Opening.NoServer) {
            return of(4004);
        }
        if (refused instanceof Opening.TooMany) {
            return TOO_MANY;
        }
        if (refused instanceof Opening.OtherKey) {
            return of(4007);
        }
        if (refused instanceof Opening.Outdated) {
            return of(4014);
        }
        return of(refused instanceof Opening.Refused ? 4008 : 4006);
    }

    static CloseReason of(End end) {
        return switch (end) {
            case LEFT -> new CloseReason(CloseReason.CloseCodes.NORMAL_CLOSURE, "");
            case SIGNED_OUT -> of(4001);
            case FORBIDDEN -> of(4003);
            case IDLE -> of(4009);
            case LONG -> of(4010);
            case OVER -> of(4011);
            case LOST -> of(4012);
            case OVERRUN -> of(4013);
            case CLOSING -> new CloseReason(CloseReason.CloseCodes.GOING_AWAY, "");
        };
    }

    private static CloseReason of(int code) {
        CloseCode number = CloseReason.CloseCodes.getCloseCode(code);
        return new CloseReason(number, "");
    }
}
