package io.tenantry.admin.offboarding;

/** Thrown if another node has taken over the export. */
final class ExportLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ExportLostException(ExportRecords.Claim claim) {
        super("export " + claim.id() + " is no longer held under fence " + claim.fence());
    }
}
