package io.tenantry.cloud.console;

import java.util.UUID;

/** What a console token opens: a console of a service. */
public record ConsoleToken(UUID serviceId, Kind kind) {
    /** Kinds of consoles. */
    public enum Kind {
        /** By SSH. */
        SHELL,
        /** By VNC. */
        SCREEN
    }
}
