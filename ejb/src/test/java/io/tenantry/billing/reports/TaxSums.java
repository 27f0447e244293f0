package io.tenantry.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.util.List;

/** The tax report as text, for tests of other packages. */
public final class TaxSums {
    private TaxSums() {}

    /** Returns place, treatment, net and tax of the documents of a range of days. */
    public static List<String> of(BillingFixture billingFixture, String from, String to) {
        var receivables = new Receivables(
                billingFixture.sql,
                new Access(billingFixture.sql),
                billingFixture.clock,
                new TenantDirectory(Database.administration()));
        return billingFixture.in(() -> receivables
                .taxes(receivables.days(
                        ListQuery.of(1).with(AccountingPeriod.FROM, from).with(AccountingPeriod.TO, to)))
                .stream()
                .map(sum -> sum.place() + " " + sum.treatment() + " "
                        + sum.net().amount().toPlainString() + " "
                        + sum.tax().amount().stripTrailingZeros().toPlainString())
                .toList());
    }
}
