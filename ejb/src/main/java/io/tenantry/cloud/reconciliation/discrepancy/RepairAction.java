package io.tenantry.cloud.reconciliation.discrepancy;

import java.time.Duration;

/** The repair of a discrepancy at a provider. */
public enum RepairAction {
    /** A surplus or unpaid resource is permanently deleted; backups are switched off. */
    DELETE(Duration.ofDays(1)),
    /** A server is switched to the state of its service; backups that are paid for are switched on again. */
    SWITCH(Duration.ofMinutes(10));

    private final Duration waitMax;

    RepairAction(Duration waitMax) {
        this.waitMax = waitMax;
    }

    /** Whether a provider that was asked that long ago has failed to do it, so that staff must decide again. */
    public boolean isOverdue(Duration age) {
        return age.compareTo(waitMax) > 0;
    }
}
