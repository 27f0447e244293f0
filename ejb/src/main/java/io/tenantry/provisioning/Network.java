package io.tenantry.provisioning;

import io.tenantry.provider.Isolating.Reach;
import java.util.Locale;

/** What is wanted of a server's network. */
public enum Network {
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
