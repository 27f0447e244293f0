package io.tenantry.batch.platform;

import io.tenantry.admin.platform.LinkFiles;
import io.tenantry.health.Readiness;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Looks every ten seconds, on each node, whether a file has a one-time link that no longer works. */
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LinkFileTimer {
    @Inject
    LinkFiles files;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "8/10", persistent = false, info = "files of one-time links")
    void inspect() {
        if (readiness.isReady()) {
            files.deleteUseless();
        }
    }
}
