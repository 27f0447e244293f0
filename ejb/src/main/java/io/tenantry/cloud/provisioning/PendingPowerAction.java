package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderServer;
import java.util.Locale;

/** What is wanted of a server's power. */
public enum PendingPowerAction {
    START(PowerAction.ON),
    /** Its system is asked to end first; only one that does not is switched off. */
    STOP(PowerAction.SHUT_DOWN),
    RESTART(PowerAction.RESTART);

    private final PowerAction first;

    PendingPowerAction(PowerAction first) {
        this.first = first;
    }

    /** What a vendor is asked for at first. */
    PowerAction first() {
        return first;
    }

    /** Whether that is asked of a vendor for it. */
    boolean isBy(PowerAction powerAction) {
        return powerAction == first || (this == STOP && powerAction == PowerAction.OFF);
    }

    /** Whether the server is on when it is done. */
    boolean isOnAfterwards() {
        return this != STOP;
    }

    /** Whether a server in that state is as it is wanted; one that is to be restarted never is so by itself. */
    boolean isSo(ProviderServer.State state) {
        return switch (this) {
            case START -> state == ProviderServer.State.RUNNING;
            case STOP -> state == ProviderServer.State.STOPPED;
            case RESTART -> false;
        };
    }

    /** In lower case, for events and addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
