package io.tenantry.batch.offboarding;

import io.tenantry.admin.offboarding.DeletionWork;
import io.tenantry.admin.offboarding.ExportWork;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * A timer that checks every five seconds whether a reseller is to be exported or deleted. A long export does not block deletions; a tick during
 * a running one is skipped.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class OffboardingTimer {
    private static final Actor ACTOR = Actor.system("offboarding");

    @Inject
    ExportWork exports;

    @Inject
    DeletionWork deletions;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "*", minute = "*", second = "2/5", persistent = false, info = "reseller exports")
    void export() {
        if (isOn()) {
            try (var actorScope = Actors.enter(ACTOR)) {
                exports.work();
            }
        }
    }

    @Schedule(hour = "*", minute = "*", second = "4/5", persistent = false, info = "reseller deletions")
    void delete() {
        if (isOn()) {
            try (var actorScope = Actors.enter(ACTOR)) {
                deletions.work();
            }
        }
    }

    private boolean isOn() {
        return settings.work().timer() && readiness.isReady();
    }
}
