package io.tenantry.web.billing.accounting;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.accounting.AccountingQuery;
import io.tenantry.billing.accounting.TrialBalance;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.web.list.ListFile;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import java.time.ZoneId;
import java.util.List;

/** The export of the trial balance. Balances have the ledger's sign: positive is credit. */
@WebServlet({"/staff/trial-balance.csv", "/staff/trial-balance.xlsx"})
public class TrialBalanceFile extends ListFile<TrialBalance.Line> {
    private static final long serialVersionUID = 1L;

    @Inject
    transient AccountingQuery accountingQuery;

    @Inject
    transient AccountingLabels labels;

    @Inject
    transient JournalColumns columns;

    @Override
    protected String title() {
        return "accounting.trial";
    }

    @Override
    protected List<String> filters() {
        return List.of(AccountingPeriod.FROM, AccountingPeriod.TO);
    }

    @Override
    protected List<Field<TrialBalance.Line>> fields() {
        return List.of(
                new Field<>("accounting.account", line -> labels.account(line.account())),
                new Field<>("accounting.opening", line -> line.opening().amount()),
                new Field<>("accounting.debit", line -> line.debits().amount()),
                new Field<>("accounting.credit", line -> line.credits().amount()),
                new Field<>("accounting.closing", line -> line.closing().amount()),
                new Field<>("csv.currency", line -> line.opening().currency().getCurrencyCode()));
    }

    @Override
    protected List<TrialBalance.Line> rows(ListQuery listQuery) {
        var lines = accountingQuery.trialBalances(accountingQuery.days(listQuery)).stream()
                .flatMap(balance -> balance.lines().stream())
                .toList();
        return lines.subList(
                Math.min(listQuery.first(), lines.size()),
                Math.min(listQuery.first() + listQuery.limit(), lines.size()));
    }

    @Override
    protected ZoneId zone() {
        return columns.zone();
    }
}
