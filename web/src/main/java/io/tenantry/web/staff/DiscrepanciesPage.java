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

/** What vendors have otherwise than our services say, and when each account was looked at. */
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
    FindingColumns columns;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<Discrepancies.Finding> table;
    private @Nullable List<ReconciliationSchedule.AccountDue> accounts;
    private @Nullable List<AddonReconciliationSchedule.Difference> beside;

    /** Looks at the list, if it may be seen. */
    public void open() {
        PageResult.look(this::getTable);
    }

    public Table<Discrepancies.Finding> getTable() {
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

    /** The accounts that are looked at. */
    public List<ReconciliationSchedule.AccountDue> getAccounts() {
        var known = accounts;
        if (known == null) {
            known = reconciliationSchedule.all();
            accounts = known;
        }
        return known;
    }

    /** What differs beside servers. */
    public List<AddonReconciliationSchedule.Difference> getBeside() {
        var known = beside;
        if (known == null) {
            known = options.differences();
            beside = known;
        }
        return known;
    }

    /** Whether so much is missing somewhere at once that nothing is given back by itself. */
    public boolean isDoubtful() {
        return getAccounts().stream().anyMatch(ReconciliationSchedule.AccountDue::isDoubtful);
    }

    /** Has all accounts looked at now. */
    public void look() {
        PageResult.go("/staff/discrepancies", format.text("discrepancies.looking", reconciliationSchedule.lookNow()));
    }

    /** Whether something may be done about what is found. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
    }
}
