package io.tenantry.provider;

/** How a server is switched. */
public enum Power {
    ON,
    /** Asks the system on it to end. */
    SHUT_DOWN,
    /** Pulls the plug. */
    OFF,
    RESTART;

    /** Whether a server in that state is so already, and need not be asked. */
    public boolean is(Server.State state) {
        return switch (this) {
            case ON -> state == Server.State.RUNNING;
            case SHUT_DOWN, OFF -> state == Server.State.STOPPED;
            case RESTART -> false;
        };
    }
}
