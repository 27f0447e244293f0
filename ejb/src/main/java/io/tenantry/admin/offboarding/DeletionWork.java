package io.tenantry.admin.offboarding;

import io.tenantry.admin.platform.TenantTransactions;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceRuns;
import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.InputText;
import io.tenantry.workqueue.WorkQueue;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Removes the data of resellers that are being deleted. Each step is idempotent, and the row is marked as deleted after all others, so that the
 * next node starts over after one that died. One node at a time works on a reseller. Checks no permission: for the timer.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeletionWork {
    /** The time after which no node has an older directory, from which it would open a run. */
    public static final Duration HEARD_EVERYWHERE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(DeletionWork.class.getName());
    private static final int FAULT_MAX = 500;

    @Inject
    TenantDirectory directory;

    @Inject
    TenantTransactions records;

    @Inject
    ChargingRuns charging;

    @Inject
    InvoiceRuns invoicing;

    @Inject
    WorkQueue work;

    @Inject
    ExportFiles files;

    @Inject
    ExportRecords exports;

    /** Continues all pending deletions; a failure does not affect the others, and is retried. */
    public void work() {
        work(HEARD_EVERYWHERE);
    }

    /** Like the above, for those that have been pending for at least that long. */
    public void work(Duration since) {
        for (var id : records.leaving(since)) {
            try {
                var schemas = schemas();
                schemas.building(id, () -> {
                    deleteUnlessDone(schemas, id);
                    return id;
                });
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "tenant not deleted slug=" + id, failure);
                records.stuck(id, message(failure));
            }
        }
    }

    private void deleteUnlessDone(Schemas schemas, TenantId id) {
        directory.refresh();
        if (directory
                .byId(id)
                .filter(tenant -> tenant.state() == Tenant.State.DELETING)
                .isEmpty()) {
            return;
        }
        schemas.drop(id);
        charging.forget(id);
        invoicing.forget(id);
        work.forget(id);
        try {
            files.clear(id);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        exports.forget(id);
        records.deleted(id);
        directory.refresh();
        LOG.log(System.Logger.Level.INFO, "tenant deleted slug={0}", id);
    }

    /** Overridden by tests outside a container. */
    Schemas schemas() {
        return new Schemas(DatabaseCells.administration(), DeletionWork.class.getClassLoader());
    }

    private static String message(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return InputText.cut(InputText.foreignLine(String.valueOf(cause.getMessage())), FAULT_MAX);
    }
}
