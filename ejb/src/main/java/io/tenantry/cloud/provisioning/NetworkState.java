package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.NetworkIsolation.Reachability;
import java.util.Locale;

/** The requested state of a server's network. */
public enum NetworkState {
    CONNECTED,
    ISOLATED;

    /** Whether that reachability corresponds to this state. */
    boolean isSo(Reachability reachability) {
        return reachability == (this == ISOLATED ? Reachability.ISOLATED : Reachability.CONNECTED);
    }

    /** Returns the lower-case name, for events. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
