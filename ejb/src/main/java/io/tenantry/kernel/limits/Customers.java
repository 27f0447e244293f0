package io.tenantry.kernel.limits;

import java.util.Optional;
import java.util.UUID;

/** What limits need to know about people, who are unknown to this package. */
public interface Customers {
    /** Returns the organization whose share the current member uses; empty for all others. */
    Optional<UUID> organization();

    /** Whether work failed because the person may not have it, or it does not exist: nothing heavy was done. */
    boolean isRefusal(RuntimeException failure);
}
