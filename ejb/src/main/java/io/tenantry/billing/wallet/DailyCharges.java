package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Charges by day according to the ledger. Joins the caller's transaction; the calling use cases check permissions. */
@ApplicationScoped
public class DailyCharges {
    /** Entries that earn revenue or refund it. */
    static final String EARNED = """
            (e.kind = 'CHARGE' or e.kind = 'REVERSAL' and e.source <> 'manual' or e.source like 'discrepancy:%' or e.source like 'transfer:%'
                    or e.source like 'transfer-pack:%' or e.source like 'addon-discrepancy:%' or e.source like 'credit-note:%'
                    or e.source like 'debit-note:%' or e.source like 'tax-correction:%')""";

    /** Entries among them that correct a previously issued document: the document of the running month does not contain them. */
    private static final String CORRECTING =
            "(e.source like 'credit-note:%' or e.source like 'debit-note:%' or e.source like 'tax-correction:%')";

    /**
     * A charge counts on the day in which its hour ends: an hour that ends at midnight belongs to the day before. Refunds for missing servers
     * or add-ons, and charges for transfer or transfer packs, count on their own day.
     */
    private static final String BY_DAY = """
            select ((e.effective_at - interval '1 microsecond') at time zone ?)::date as day,
                   coalesce(sum(p.amount) filter (where not ${correcting}), 0) as amount,
                   coalesce(sum(p.amount) filter (where ${correcting}), 0) as correction
              from posting p
              join ledger_account a on a.id = p.account_id
              join journal_entry e on e.id = p.entry_id
             where p.account_id in (${accounts})
               and a.currency = ?
               and ${earned}
               and e.effective_at > ?
             group by 1
            """.replace("${earned}", EARNED).replace("${correcting}", CORRECTING);

    private static final String OF_ORGANIZATION = BY_DAY.replace(
                    "${accounts}", "select w.id from wallet w where w.organization_id = ?")
            .replace("sum(p.amount)", "-sum(p.amount)");

    private static final String OF_ALL =
            BY_DAY.replace("${accounts}", "select l.id from ledger_account l where l.kind = 'REVENUE'");

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public DailyCharges() {}

    /** For use outside a container. */
    public DailyCharges(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Returns the charges of an organization in a currency on each day of this month and the previous one. */
    public DailyAmounts of(UUID organizationId, Currency currency) {
        return byDay(OF_ORGANIZATION, currency, organizationId);
    }

    /** Returns the charges of all customers on each day of this month and the previous one, in the accounting currency. */
    public DailyAmounts ofAll() {
        return byDay(OF_ALL, tenants.current().currency());
    }

    private DailyAmounts byDay(String query, Currency currency, Object... accounts) {
        var tenant = tenants.current();
        var today = LocalDate.ofInstant(clock.instant(), tenant.zone());
        var from = today.withDayOfMonth(1).minusMonths(1).atStartOfDay(tenant.zone());
        var amounts = new HashMap<LocalDate, Money>();
        var corrections = new HashMap<LocalDate, Money>();
        var parameters = new ArrayList<Object>();
        parameters.add(tenant.zone().getId());
        parameters.addAll(List.of(accounts));
        parameters.add(currency);
        parameters.add(from.toInstant());
        sql.query(query, row -> row(row, currency), parameters.toArray()).forEach(row -> {
            if (!row.amount().isZero()) {
                amounts.put(row.day(), row.amount());
            }
            if (!row.correction().isZero()) {
                corrections.put(row.day(), row.correction());
            }
        });
        return new DailyAmounts(today, currency, amounts, corrections);
    }

    private record ChargedDay(LocalDate day, Money amount, Money correction) {}

    private static ChargedDay row(Row row, Currency currency) {
        return new ChargedDay(
                row.date("day"),
                new Money(row.decimal("amount"), currency),
                new Money(row.decimal("correction"), currency));
    }
}
