package io.tenantry.cloud.console;

import java.util.UUID;

/** What a ticket opened: which console of which service. */
public record ConsoleToken(UUID serviceId, Kind kind) {
    /** Sorts of consoles. */
    public enum Kind {
        /** By SSH. */
        SHELL,
        /** By VNC. */
        SCREEN
    }
}
