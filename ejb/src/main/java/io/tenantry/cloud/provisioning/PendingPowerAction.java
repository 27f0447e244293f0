package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderServer;
import java.util.Locale;

/** The requested change of a server's power. */
public enum PendingPowerAction {
    START(PowerAction.ON),
    /** An orderly shutdown is requested first; only a system that does not comply is switched off. */
    STOP(PowerAction.SHUT_DOWN),
    RESTART(PowerAction.RESTART);

    private final PowerAction first;

    PendingPowerAction(PowerAction first) {
        this.first = first;
    }

    /** Returns the power action that is requested first. */
    PowerAction first() {
        return first;
    }

    /** Whether that power action serves this request. */
    boolean isBy(PowerAction powerAction) {
        return powerAction == first || (this == STOP && powerAction == PowerAction.OFF);
    }

    /** Whether the server is on afterwards. */
    boolean isOnAfterwards() {
        return this != STOP;
    }

    /** Whether a server in that state fulfills the request; a restart is never fulfilled without a power action. */
    boolean isSo(ProviderServer.State state) {
        return switch (this) {
            case START -> state == ProviderServer.State.RUNNING;
            case STOP -> state == ProviderServer.State.STOPPED;
            case RESTART -> false;
        };
    }

    /** Returns the lower-case name, for events and URLs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
