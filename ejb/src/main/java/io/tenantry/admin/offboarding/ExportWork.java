package io.tenantry.admin.offboarding;

import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;

/**
 * Writes requested exports. After a node dies, another starts over after two minutes: a file exists as a whole or not at all. Checks no
 * permission: for the timer.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ExportWork {
    private static final System.Logger LOG = System.getLogger(ExportWork.class.getName());
    private static final long TOLD_EACH_NANOS = Duration.ofSeconds(2).toNanos();
    private static final int ERROR_MAX = 500;

    @Inject
    TenantDirectory directory;

    @Inject
    ExportRecords records;

    @Inject
    ExportWriter writer;

    @Inject
    ExportFiles files;

    /** For the container. */
    public ExportWork() {}

    /** For use outside a container. */
    ExportWork(TenantDirectory directory, ExportRecords records, ExportWriter writer, ExportFiles files) {
        this.directory = directory;
        this.records = records;
        this.writer = writer;
        this.files = files;
    }

    /** Writes pending exports, one after the other, and deletes files that are no longer needed. */
    public void work() {
        for (var claim = records.claim(); claim.isPresent(); claim = records.claim()) {
            write(claim.get());
        }
        records.expire();
        for (var export : records.left()) {
            delete(export);
        }
    }

    private void write(ExportRecords.Claim claim) {
        var tenant = directory.byId(claim.tenant()).filter(known -> known.state() == Tenant.State.SUSPENDED);
        if (tenant.isEmpty()) {
            records.failed(claim, "the reseller is not suspended", false);
            return;
        }
        if (claim.isTooMany()) {
            records.failed(claim, "every attempt ended without a result", false);
            return;
        }
        var name = ExportFiles.name(claim);
        try {
            files.clear(claim.tenant());
            var writtenExport = writer.write(tenant.get(), files.file(claim.tenant(), name), progressOf(claim));
            if (records.done(claim, name, writtenExport)) {
                LOG.log(System.Logger.Level.INFO, "tenant exported slug={0} file={1}", claim.tenant(), name);
            } else {
                files.delete(claim.tenant(), name);
            }
        } catch (ExportLostException lost) {
            LOG.log(System.Logger.Level.WARNING, lost.getMessage());
        } catch (IOException | RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "export failed slug=" + claim.tenant(), failure);
            records.failed(claim, message(failure), !claim.isLast());
        }
    }

    /** Records the progress, but not at each row; a node that has lost the export stops writing. */
    private ExportWriter.Progress progressOf(ExportRecords.Claim claim) {
        return new ExportWriter.Progress() {
            private long reportedAt = System.nanoTime() - TOLD_EACH_NANOS;

            @Override
            public void at(int done, int tables, long rows) {
                var now = System.nanoTime();
                if (now - reportedAt < TOLD_EACH_NANOS) {
                    return;
                }
                reportedAt = now;
                if (!records.progress(claim, done, tables, rows)) {
                    throw new ExportLostException(claim);
                }
            }
        };
    }

    /** A file that is neither here nor this node's is on another node. */
    private void delete(Export export) {
        var name = export.file().orElseThrow();
        if (!files.isHere(export.tenant(), name) && !records.isOfThisNode(export)) {
            return;
        }
        try {
            files.delete(export.tenant(), name);
            records.gone(export);
        } catch (IOException failure) {
            LOG.log(System.Logger.Level.WARNING, "export not deleted slug=" + export.tenant(), failure);
        }
    }

    private static String message(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return InputText.cut(InputText.foreignLine(String.valueOf(cause.getMessage())), ERROR_MAX);
    }
}
