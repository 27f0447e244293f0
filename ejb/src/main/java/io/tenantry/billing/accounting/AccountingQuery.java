package io.tenantry.billing.accounting;

import io.tenantry.billing.accounting.JournalEntry.Posting;
import io.tenantry.kernel.ledger.Ledger.AccountKind;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reseller's ledger for its accountant: the trial balance of any period, and the journal, newest entry first. */
@Stateless
public class AccountingQuery {
    /** Filter: the kind of entry, in lower case. */
    public static final String KIND = "kind";

    /** Filter: an {@link EntryOrigin}, in lower case. */
    public static final String ORIGIN = "origin";

    /** Filter: the entry before which older entries are returned. */
    public static final String BEFORE = "before";

    /** Reads each posting up to the last day once; the groups are few. */
    private static final String SUMS = """
            select a.kind, a.currency, e.effective_at <= ? as is_before, sum(p.amount) as amount
              from journal_entry e
              join posting p on p.entry_id = e.id
              join ledger_account a on a.id = p.account_id
             where e.effective_at <= ?
             group by a.kind, a.currency, is_before, p.amount > 0
            """;

    private static final String ENTRIES = """
            with wanted as (
              select e.id, e.effective_at, e.kind, e.source, e.reason
                from journal_entry e
              ${where}
               order by e.effective_at desc, e.id desc
               limit ?
            )
            select w.*, l.*
              from wanted w
             cross join lateral (
               select a.kind as account, a.currency, sum(p.amount) as amount, count(*)::int as accounts,
                      case when count(*) = 1 then max(o.name) end as customer
                 from posting p
                 join ledger_account a on a.id = p.account_id
                 left join wallet v on v.id = a.id
                 left join organization o on o.id = v.organization_id
                where p.entry_id = w.id
                group by a.kind, a.currency
             ) l
             order by w.effective_at desc, w.id desc, l.currency, l.amount, l.account
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public AccountingQuery() {}

    /** For use outside a container. */
    public AccountingQuery(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Returns the period of a query; by default this month up to today. */
    public AccountingPeriod days(ListQuery listQuery) {
        return AccountingPeriod.of(
                listQuery,
                LocalDate.ofInstant(clock.instant(), tenants.current().zone()));
    }

    /** Returns opening balances and movements of accounts, one trial balance for each currency in use. */
    public List<TrialBalance> trialBalances(AccountingPeriod days) {
        requireView();
        var zone = tenants.current().zone();
        return TrialBalance.of(sql.query(
                SUMS,
                row -> new TrialBalance.TrialBalanceTotal(
                        AccountKind.valueOf(row.text("kind")),
                        currency(row),
                        row.flag("is_before"),
                        row.decimal("amount")),
                days.after(zone),
                days.until(zone)));
    }

    /** Returns the entries of the query's period, newest first, at most as many as the query allows. */
    public List<JournalEntry> entries(ListQuery listQuery) {
        requireView();
        var zone = tenants.current().zone();
        var days = days(listQuery);
        var until = days.until(zone);
        var behind = listQuery
                .filter(BEFORE)
                .flatMap(this::place)
                .filter(journalPosition -> !journalPosition.at().isAfter(until))
                .orElse(new JournalPosition(until, Long.MAX_VALUE));
        var sqlConditions = new SqlConditions()
                .and("e.effective_at > ?", days.after(zone))
                .and("(e.effective_at, e.id) < (?, ?)", behind.at(), behind.id())
                .and(listQuery.filter(KIND).map(kind -> kind.toUpperCase(Locale.ROOT)), "e.kind = ?");
        listQuery
                .filter(ORIGIN)
                .flatMap(EntryOrigin::named)
                .ifPresent(entryOrigin -> sqlConditions.and(
                        entryOrigin == EntryOrigin.OTHER ? "not e.source like any (?)" : "e.source like any (?)",
                        new Object[] {entryOrigin.patterns()}));
        return JournalEntry.of(sql.query(
                ENTRIES.replace("${where}", sqlConditions.sql()),
                AccountingQuery::row,
                sqlConditions.parameters(listQuery.limit())));
    }

    /** Position of an entry in the journal. */
    private record JournalPosition(Instant at, long id) {}

    private Optional<JournalPosition> place(String entry) {
        return sql.first(
                "select id, effective_at from journal_entry where id = ?",
                row -> new JournalPosition(row.instant("effective_at"), row.big("id")),
                Long.parseLong(entry));
    }

    private static JournalEntry.Row row(Row row) {
        var posting = new Posting(
                AccountKind.valueOf(row.text("account")),
                row.maybeText("customer"),
                row.whole("accounts"),
                new Money(row.decimal("amount"), currency(row)));
        return new JournalEntry.Row(
                new JournalEntry(
                        row.big("id"),
                        row.instant("effective_at"),
                        row.text("kind"),
                        row.text("source"),
                        row.maybeText("reason"),
                        List.of(posting)),
                posting);
    }

    private static Currency currency(Row row) {
        return Currency.getInstance(row.text("currency"));
    }

    private void requireView() {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
    }
}
