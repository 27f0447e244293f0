package io.tenantry.cloud.console;

import java.io.IOException;

/** A screen was reached, and does not let us in. */
final class VncAccessRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    VncAccessRefusedException(String why) {
        super(why);
    }
}
