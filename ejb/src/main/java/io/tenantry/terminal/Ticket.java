package io.tenantry.terminal;

import java.util.UUID;

/** What a ticket opened: which console of which service. */
public record Ticket(UUID serviceId, Kind kind) {
    /** Sorts of consoles. */
    public enum Kind {
        /** By SSH. */
        SHELL,
        /** By VNC. */
        SCREEN
    }
}
