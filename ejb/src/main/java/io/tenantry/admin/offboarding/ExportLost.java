package io.tenantry.admin.offboarding;

/** Another node writes the export by now. */
final class ExportLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportLost(ExportRecords.Claim claim) {
        super("export " + claim.id() + " is no longer held under fence " + claim.fence());
    }
}
