package io.tenantry.provider;

import java.util.Optional;

/** How a server is switched. */
public enum Power {
    ON,
    /** Asks the system on it to end. */
    SHUT_DOWN,
    /** Pulls the plug. */
    OFF,
    RESTART;

    /** What a server in that state has to be asked for, if anything. One that is off is not restarted, but switched on. */
    public Optional<Power> from(Server.State state) {
        if (is(state)) {
            return Optional.empty();
        }
        return Optional.of(this == RESTART && state == Server.State.STOPPED ? ON : this);
    }

    /** Whether a server in that state is so already, and need not be asked. */
    public boolean is(Server.State state) {
        return switch (this) {
            case ON -> state == Server.State.RUNNING;
            case SHUT_DOWN, OFF -> state == Server.State.STOPPED;
            case RESTART -> false;
        };
    }
}
