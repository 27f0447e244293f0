package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.NetworkIsolation.Reach;
import java.util.Locale;

/** The requested state of a server's network. */
public enum NetworkState {
    CONNECTED,
    ISOLATED;

    /** Whether that reachability corresponds to this state. */
    boolean isSo(Reach reach) {
        return reach == (this == ISOLATED ? Reach.ISOLATED : Reach.CONNECTED);
    }

    /** Returns the lower-case name, for events. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
