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
 * Seals secrets anew that an older key sealed, once a night, tenant by tenant, as an operator can in the console. A night after a new key was
 * put before the others on all nodes, the older ones are needed no more; the console says so. On several nodes the second one finds nothing.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class KeyRotationTimer {
    @Inject
    KeyRotation rotation;

    @Inject
    Readiness readiness;

    @Schedule(hour = "4", minute = "37", persistent = false, info = "secrets of older keys")
    void sealAnew() {
        if (!readiness.isReady()) {
            return;
        }
        try (var acting = Actors.enter(Actor.system("secrets"))) {
            rotation.nightly();
        }
    }
}
