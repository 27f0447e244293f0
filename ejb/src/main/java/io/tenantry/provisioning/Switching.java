package io.tenantry.provisioning;

import io.tenantry.provider.Power;
import io.tenantry.provider.Server;
import java.util.Locale;

/** What is wanted of a server's power. */
public enum Switching {
    START(Power.ON),
    /** Its system is asked to end first; only one that does not is switched off. */
    STOP(Power.SHUT_DOWN),
    RESTART(Power.RESTART);

    private final Power first;

    Switching(Power first) {
        this.first = first;
    }

    /** What a vendor is asked for at first. */
    Power first() {
        return first;
    }

    /** Whether that is asked of a vendor for it. */
    boolean isBy(Power power) {
        return power == first || (this == STOP && power == Power.OFF);
    }

    /** Whether the server is on when it is done. */
    boolean isOnAfterwards() {
        return this != STOP;
    }

    /** Whether a server in that state is as it is wanted; one that is to be restarted never is so by itself. */
    boolean isSo(Server.State state) {
        return switch (this) {
            case START -> state == Server.State.RUNNING;
            case STOP -> state == Server.State.STOPPED;
            case RESTART -> false;
        };
    }

    /** In lower case, for events and addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
