package io.tenantry.terminal;

import java.io.IOException;

/** A screen was reached, and does not let us in. */
final class ScreenRefused extends IOException {
    private static final long serialVersionUID = 1L;

    ScreenRefused(String why) {
        super(why);
    }
}
