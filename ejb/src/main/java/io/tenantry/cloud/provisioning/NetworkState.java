package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.NetworkIsolation.Reach;
import java.util.Locale;

/** What is wanted of a server's network. */
public enum NetworkState {
    OPEN,
    CUT;

    /** Whether a server that is reached like that is as it is wanted. */
    boolean isSo(Reach reach) {
        return reach == (this == CUT ? Reach.CUT : Reach.OPEN);
    }

    /** In lower case, for events. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
