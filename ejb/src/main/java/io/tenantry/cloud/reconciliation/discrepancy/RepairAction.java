package io.tenantry.cloud.reconciliation.discrepancy;

import java.time.Duration;

/** What is to be done at a vendor about a finding. */
public enum RepairAction {
    /** What is one too many, or charged to nobody, is ended for good; backups are switched off. */
    DELETE(Duration.ofDays(1)),
    /** A server is switched as its service says; backups that are paid for are switched on again. */
    SWITCH(Duration.ofMinutes(10));

    private final Duration patience;

    RepairAction(Duration patience) {
        this.patience = patience;
    }

    /** Whether a vendor that was asked so long ago has not done it: then it is a person's again. */
    public boolean isOverdue(Duration age) {
        return age.compareTo(patience) > 0;
    }
}
