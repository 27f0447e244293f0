package io.tenantry.cloud.console;

import java.io.IOException;

/** Signals that a screen was reached but refused access. */
final class VncAccessRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    VncAccessRefusedException(String why) {
        super(why);
    }
}
