package io.tenantry.cloud.provider;

import java.util.Optional;

/** A change of a server's power state. */
public enum PowerAction {
    ON,
    /** Requests an orderly shutdown from the operating system. */
    SHUT_DOWN,
    /** Cuts the power. */
    OFF,
    RESTART;

    /** Returns the action to request of a server in that state, if any. A server that is off is powered on instead of restarted. */
    public Optional<PowerAction> from(ProviderServer.State state) {
        if (is(state)) {
            return Optional.empty();
        }
        return Optional.of(this == RESTART && state == ProviderServer.State.STOPPED ? ON : this);
    }

    /** Whether a server in that state needs no request. */
    public boolean is(ProviderServer.State state) {
        return switch (this) {
            case ON -> state == ProviderServer.State.RUNNING;
            case SHUT_DOWN, OFF -> state == ProviderServer.State.STOPPED;
            case RESTART -> false;
        };
    }
}
