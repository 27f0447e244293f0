package io.tenantry.batch.auditor;

import io.tenantry.admin.auditor.Auditor;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * A timer that runs all checks of the auditor once a night. It fires on every node: a tenant that another node is checking, or has checked
 * within the hour, is skipped.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class AuditorTimer {
    private static final Duration ANOTHER_NODE = Duration.ofHours(1);

    @Inject
    Auditor auditor;

    @Inject
    Readiness readiness;

    @Schedule(hour = "3", minute = "41", persistent = false, info = "auditor")
    void inspect() {
        if (!readiness.isReady()) {
            return;
        }
        try (var actorScope = Actors.enter(Actor.system("auditor"))) {
            auditor.runUnlessSince(ANOTHER_NODE);
        }
    }
}
