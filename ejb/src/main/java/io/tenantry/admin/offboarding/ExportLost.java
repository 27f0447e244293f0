package io.tenantry.admin.offboarding;

/** Thrown if another node has taken over the export. */
final class ExportLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportLost(ExportRecords.Claim claim) {
        super("export " + claim.id() + " is no longer held under fence " + claim.fence());
    }
}
