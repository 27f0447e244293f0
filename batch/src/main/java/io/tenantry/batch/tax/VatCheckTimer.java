package io.tenantry.batch.tax;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.tax.VatChecks;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/**
 * Has VAT numbers checked of which VIES said nothing for a month, once a day. On several nodes the second one finds the work written.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class VatCheckTimer {
    private static final System.Logger LOG = System.getLogger(VatCheckTimer.class.getName());

    @Inject
    VatChecks checks;

    @Inject
    TenantDirectory tenants;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Schedule(hour = "5", minute = "12", persistent = false, info = "VAT numbers to check")
    void begin() {
        if (!settings.workTimer() || settings.viesUrl().isEmpty() || !readiness.isReady()) {
            return;
        }
        for (var tenant : tenants.chargeable()) {
            begin(tenant.id());
        }
    }

    /** One that fails stops nobody else. */
    private void begin(TenantId tenant) {
        try (var acting = Actors.enter(Actor.system("vat-check"))) {
            var unused = Tenancy.in(tenant, checks::begin);
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "VAT numbers are not checked for " + tenant, failure);
        }
    }
}
