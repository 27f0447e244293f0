package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.DatevExport;
import io.tenantry.billing.accounting.JournalEntry;
import io.tenantry.billing.accounting.TrialBalance;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The ledger of a period: balances of the accounts, movements, and each entry. */
@Named
@RequestScoped
public class AccountingPage {
    @Inject
    AccountingQuery accountingQuery;

    @Inject
    JournalColumns columns;

    @Inject
    DatevExport datev;

    private String from = "";
    private String to = "";
    private @Nullable AccountingPeriod days;
    private @Nullable List<TrialBalance> balances;
    private @Nullable Table<JournalEntry> journal;

    /** Loads the books, if the user may view them. */
    public void open() {
        PageResult.load(() -> balances = accountingQuery.trialBalances(getDays()));
    }

    /** Returns the period that is shown. */
    public AccountingPeriod getDays() {
        var known = days;
        if (known == null) {
            known = accountingQuery.days(
                    ListQuery.of(1).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to));
            days = known;
        }
        return known;
    }

    public List<TrialBalance> getBalances() {
        var known = balances;
        if (known == null) {
            known = accountingQuery.trialBalances(getDays());
            balances = known;
        }
        return known;
    }

    /** Whether there is an export for DATEV. */
    public boolean isDatev() {
        return datev.isOffered();
    }

    /** Whether the ledger is balanced in all currencies. */
    public boolean isBalanced() {
        return getBalances().stream().allMatch(TrialBalance::isBalanced);
    }

    public Table<JournalEntry> getJournal() {
        var known = journal;
        if (known == null) {
            known = columns.table(getDays());
            journal = known;
        }
        return known;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = Objects.requireNonNullElse(to, "");
    }
}
