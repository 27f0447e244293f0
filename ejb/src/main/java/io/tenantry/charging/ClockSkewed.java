package io.tenantry.charging;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/** This node's clock differs too much from the database's; it does not charge until that is mended. */
@ApplicationException(rollback = true)
public final class ClockSkewed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClockSkewed(Duration skew) {
        super("this node's clock is " + skew + " off the database's; it does not charge");
    }
}
