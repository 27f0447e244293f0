package io.tenantry.batch.secret;

import io.tenantry.admin.platform.KeyRotation;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Re-encrypts secrets that were encrypted with an older key, every night, tenant by tenant; operators can do the same on the page of encryption
 * keys. The night after a new key became the first one on all nodes, older keys are no longer needed, and the page shows it. With several nodes
 * the second one finds nothing.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyRotationTimer {
    @Inject
    KeyRotation rotation;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "37", persistent = false, info = "key rotation")
    void reencrypt() {
        if (!readiness.isReady()) {
            return;
        }
        try (var actorScope = Actors.enter(Actor.system("secrets"))) {
            rotation.nightly();
        }
    }
}
