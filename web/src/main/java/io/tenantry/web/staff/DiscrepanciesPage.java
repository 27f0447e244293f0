package io.tenantry.web.staff;

import io.tenantry.cloud.addon.AddonReconciliationSchedule;
import io.tenantry.cloud.reconciliation.Discrepancies;
import io.tenantry.cloud.reconciliation.ReconciliationSchedule;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The discrepancies between providers and our services, and when each account was checked. */
@Named
@RequestScoped
public class DiscrepanciesPage {
    @Inject
    CurrentPerson me;

    @Inject
    Discrepancies discrepancies;

    @Inject
    ReconciliationSchedule reconciliationSchedule;

    @Inject
    AddonReconciliationSchedule options;

    @Inject
    DiscrepancyColumns columns;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<Discrepancies.Discrepancy> table;
    private @Nullable List<ReconciliationSchedule.AccountDue> accounts;
    private @Nullable List<AddonReconciliationSchedule.Difference> addonDifferences;

    /** Loads the list, if the user may view it. */
    public void open() {
        PageResult.load(this::getTable);
    }

    public Table<Discrepancies.Discrepancy> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "findings",
                    "/staff/discrepancies",
                    List.of(Discrepancies.ACCOUNT),
                    columns.columns(),
                    columns.filters(),
                    discrepancies::find);
            table = known;
        }
        return known;
    }

    /** Returns the accounts that are checked. */
    public List<ReconciliationSchedule.AccountDue> getAccounts() {
        var known = accounts;
        if (known == null) {
            known = reconciliationSchedule.all();
            accounts = known;
        }
        return known;
    }

    /** Returns the discrepancies of add-ons. */
    public List<AddonReconciliationSchedule.Difference> getAddonDifferences() {
        var known = addonDifferences;
        if (known == null) {
            known = options.differences();
            addonDifferences = known;
        }
        return known;
    }

    /** Whether so many servers of an account are missing at once that nothing is refunded automatically. */
    public boolean isDoubtful() {
        return getAccounts().stream().anyMatch(ReconciliationSchedule.AccountDue::isDoubtful);
    }

    /** Requests an immediate check of all accounts. */
    public void load() {
        PageResult.go("/staff/discrepancies", format.text("discrepancies.looking", reconciliationSchedule.scanNow()));
    }

    /** Whether the user may act on discrepancies. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
    }
}
