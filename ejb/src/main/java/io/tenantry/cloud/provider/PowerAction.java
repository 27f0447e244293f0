package io.tenantry.cloud.provider;

import java.util.Optional;

/** How a server is switched. */
public enum PowerAction {
    ON,
    /** Asks the system on it to end. */
    SHUT_DOWN,
    /** Pulls the plug. */
    OFF,
    RESTART;

    /** What a server in that state has to be asked for, if anything. One that is off is not restarted, but switched on. */
    public Optional<PowerAction> from(ProviderServer.State state) {
        if (is(state)) {
            return Optional.empty();
        }
        return Optional.of(this == RESTART && state == ProviderServer.State.STOPPED ? ON : this);
    }

    /** Whether a server in that state is so already, and need not be asked. */
    public boolean is(ProviderServer.State state) {
        return switch (this) {
            case ON -> state == ProviderServer.State.RUNNING;
            case SHUT_DOWN, OFF -> state == ProviderServer.State.STOPPED;
            case RESTART -> false;
        };
    }
}
