package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.options.VolumeRounds;
import io.tenantry.reconciling.Findings;
import io.tenantry.reconciling.Rounds;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What vendors have otherwise than our services say, and when each account was looked at. */
@Named
@RequestScoped
public class FindingsPage {
    @Inject
    CurrentPerson me;

    @Inject
    Findings findings;

    @Inject
    Rounds rounds;

    @Inject
    VolumeRounds options;

    @Inject
    FindingColumns columns;

    @Inject
    Tables tables;

    @Inject
    Fmt fmt;

    private @Nullable Table<Findings.Finding> table;
    private @Nullable List<Rounds.Standing> accounts;
    private @Nullable List<VolumeRounds.Difference> beside;

    /** Looks at the list, if it may be seen. */
    public void open() {
        Visit.look(this::getTable);
    }

    public Table<Findings.Finding> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "findings",
                    "/staff/findings",
                    List.of(Findings.ACCOUNT),
                    columns.columns(),
                    columns.filters(),
                    findings::find);
            table = known;
        }
        return known;
    }

    /** The accounts that are looked at. */
    public List<Rounds.Standing> getAccounts() {
        var known = accounts;
        if (known == null) {
            known = rounds.all();
            accounts = known;
        }
        return known;
    }

    /** What differs beside servers. */
    public List<VolumeRounds.Difference> getBeside() {
        var known = beside;
        if (known == null) {
            known = options.differences();
            beside = known;
        }
        return known;
    }

    /** Whether so much is missing somewhere at once that nothing is given back by itself. */
    public boolean isDoubtful() {
        return getAccounts().stream().anyMatch(Rounds.Standing::isDoubtful);
    }

    /** Has all accounts looked at now. */
    public void look() {
        Visit.go("/staff/findings", fmt.text("findings.looking", rounds.lookNow()));
    }

    /** Whether something may be done about what is found. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SERVICES_MANAGE);
    }
}
