package io.tenantry.billing.charging;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/** Thrown when this node's clock differs too much from the database's; the node does not charge until that is corrected. */
@ApplicationException(rollback = true)
public final class ClockSkewException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClockSkewException(Duration skew) {
        super("this node's clock is " + skew + " off the database's; it does not charge");
    }
}
