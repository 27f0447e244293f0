package io.tenantry.billing.invoicing;

import io.tenantry.billing.tax.VatNumberVerified;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * Schedules {@link TaxCorrections} without a request by staff, if the reseller has enabled that: when VIES confirms a number, and once a day for
 * invoices that were issued after it.
 */
@Stateless
public class AutomaticTaxCorrections {
    private static final int TOGETHER = 1_000;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    WorkItems items;

    /** For the container. */
    public AutomaticTaxCorrections() {}

    /** For use outside a container. */
    AutomaticTaxCorrections(
            Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants, WorkItems items) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.items = items;
    }

    /** Whether confirmations by VIES are followed by automatic corrections. */
    public boolean isEnabled() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return new TaxCorrectionPolicy(sql).isAutomatic();
    }

    /**
     * Enables or disables automatic corrections. If enabled, outstanding corrections for customers of the last half year are made within a day.
     */
    public void setEnabled(boolean isEnabled) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        if (new TaxCorrectionPolicy(sql).setAutomatic(isEnabled)) {
            audit.record("tax.correction_policy_changed", "tenant", "tax", Map.of("automatic", isEnabled));
        }
    }

    /** Handles VIES's confirmation of a number that was not confirmed before. */
    public void confirmed(@Observes VatNumberVerified event) {
        if (event.isProven() && new TaxCorrectionPolicy(sql).isAutomatic()) {
            items.write(
                    TaxCorrectionHandler.KIND,
                    "confirmed:" + event.organizationId() + ":" + clock.instant(),
                    event.organizationId());
        }
    }

    /**
     * Schedules outstanding corrections: invoices that were issued after the number was confirmed, for months before that. Checks no
     * permission: called by a timer.
     *
     * @return the number of customers
     */
    public int begin() {
        var due = new UnverifiedCharges(sql, clock, tenants).organizationsDue(TOGETHER);
        var day = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        due.forEach(organization ->
                items.write(TaxCorrectionHandler.KIND, "due:" + organization + ":" + day, organization));
        return due.size();
    }
}
