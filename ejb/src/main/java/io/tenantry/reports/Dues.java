package io.tenantry.reports;

import io.tenantry.books.BookDays;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What customers owe, what they are owed, and what is owed in tax, in the reseller's currency. Taxes are those of documents as they were issued,
 * since that is what customers were told. Each is one statement.
 */
@Stateless
public class Dues {
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    /** Entries are written in about the order in which they take effect, so that the first of the last 90 days bounds what is read of a wallet. */
    private static final String DEBTS = """
            with debtor as (
              select w.id, w.organization_id, w.balance
                from wallet w
               where w.balance < 0 and w.currency = ?
            ),
            moment as (
              select ?::timestamptz as lately, ?::timestamptz as before, ?::timestamptz as earlier
            ),
            first_entry as (
              select coalesce(min(e.id), 0) as id from journal_entry e, moment m where e.effective_at > m.earlier
            )
            select d.organization_id, coalesce(o.name, '') as name, -d.balance as owed,
                   coalesce(t.lately, 0) as lately, coalesce(t.before, 0) as before, coalesce(t.earlier, 0) as earlier
              from debtor d
              left join organization o on o.id = d.organization_id
              left join (
                select p.account_id,
                       -sum(p.amount) filter (where e.effective_at > m.lately) as lately,
                       -sum(p.amount) filter (where e.effective_at <= m.lately and e.effective_at > m.before) as before,
                       -sum(p.amount) filter (where e.effective_at <= m.before) as earlier
                  from debtor d
                  join posting p on p.account_id = d.id and p.entry_id >= (select f.id from first_entry f) and p.amount < 0
                  join journal_entry e on e.id = p.entry_id
                 cross join moment m
                 where e.effective_at > m.earlier
                 group by 1) t on t.account_id = d.id
             order by d.balance, d.organization_id
            """;

    private static final String WALLETS = """
            select w.organization_id, coalesce(o.name, '') as name, w.balance
              from wallet w
              left join organization o on o.id = w.organization_id
             where w.balance > 0 and w.currency = ?
             order by w.balance desc, w.organization_id
            """;

    /** An invoice counts in the month that it is of, whenever it was issued; what corrects one counts on its own day. */
    private static final String TAXES = """
            with document as (
              select v.id, v.net
                from invoice v
               where v.currency = ?
                 and (v.kind = 'INVOICE' and v.period_to > ? and v.period_to <= ?
                      or v.kind in ('CREDIT_NOTE', 'DEBIT_NOTE') and v.issued_at >= ? and v.issued_at < ?)
            ),
            part as (
              select d.id, t.place, t.treatment, t.rate, x.base, x.tax
                from document d
                join invoice_tax x on x.invoice_id = d.id
                join tax_term t on t.id = x.tax_id
              union all
              select d.id, '', '', 0, d.net - coalesce(sum(x.base), 0), 0
                from document d
                left join invoice_tax x on x.invoice_id = d.id
               group by d.id, d.net
              having d.net <> coalesce(sum(x.base), 0)
            )
            select place, treatment, rate * 100 as percent, count(distinct id)::int as documents, sum(base) as net, sum(tax) as tax
              from part
             group by place, treatment, rate
             order by place, treatment, rate
            """;

    /**
     * What is taxed in another member state where the reseller is not registered otherwise is taxed there because a consumer bought it and OSS
     * declares it. Corrections are of the quarter of what they correct, and declared in that in which they were issued.
     */
    private static final String OSS = """
            with part as (
              select t.place, t.rate, x.base, x.tax,
                     date_trunc('quarter', (coalesce(c.period_to, v.period_to) - interval '1 microsecond') at time zone z.zone)::date
                         as supplied,
                     date_trunc('quarter', case when v.kind = 'INVOICE' then v.period_to - interval '1 microsecond'
                                                else v.issued_at end at time zone z.zone)::date as declared
                from (select ?::text as zone) z
                join invoice v on v.kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE') and v.currency = ?
                left join invoice c on c.id = v.corrects_id
                join invoice_tax x on x.invoice_id = v.id
                join tax_term t on t.id = x.tax_id
               where t.treatment = 'TAXED'
                 and is_of_union(t.place)
                 and not exists (select from tax_registration r
                                  where r.country = t.place
                                    and r.from_at < coalesce(c.period_to, v.period_to))
                 and (case when v.kind = 'INVOICE' then v.period_to else v.issued_at end) >= ?
                 and (case when v.kind = 'INVOICE' then v.period_to else v.issued_at end) <= ?
            )
            select supplied, place, rate * 100 as percent, sum(base) as net, sum(tax) as tax
              from part
             where declared = ?
             group by supplied, place, rate
             order by supplied desc, place, rate
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
    public Dues() {}

    /** For use outside a container. */
    Dues(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** What a customer has in its wallet. */
    public record Holding(UUID organizationId, String name, Money amount) {}

    /**
     * What documents came to.
     *
     * @param place where it was taxed; empty for what no tax was decided on
     * @param treatment how, as {@link io.tenantry.tax.Treatment} names it; empty as above
     * @param percent the rate
     */
    public record TaxSum(String place, String treatment, BigDecimal percent, int documents, Money net, Money tax) {}

    /**
     * What consumers in a member state bought.
     *
     * @param supplied when; before the quarter that is declared, it is a correction
     */
    public record OssSum(Quarter supplied, String place, BigDecimal percent, Money net, Money tax) {}

    /** Who owes how much since when, the greatest debt first. */
    public List<DebtAge> debts() {
        requireView();
        var tenant = tenants.current();
        var now = clock.instant();
        return sql.query(
                DEBTS,
                row -> DebtAge.of(
                        row.uuid("organization_id"),
                        row.text("name"),
                        money(row, "owed", tenant),
                        money(row, "lately", tenant),
                        money(row, "before", tenant),
                        money(row, "earlier", tenant)),
                tenant.currency(),
                now.minus(THIRTY_DAYS),
                now.minus(THIRTY_DAYS.multipliedBy(2)),
                now.minus(THIRTY_DAYS.multipliedBy(3)));
    }

    /** Who has how much in its wallet, the greatest amount first. */
    public List<Holding> holdings() {
        requireView();
        var tenant = tenants.current();
        return sql.query(
                WALLETS,
                row -> new Holding(row.uuid("organization_id"), row.text("name"), money(row, "balance", tenant)),
                tenant.currency());
    }

    /** The days of a wish; the last whole month where it names none. */
    public BookDays days(Wish wish) {
        var today = today();
        var isNamed = wish.filter(BookDays.FROM).isPresent()
                || wish.filter(BookDays.TO).isPresent();
        return BookDays.of(wish, isNamed ? today : today.withDayOfMonth(1).minusDays(1));
    }

    /** Taxes of documents, by where and how they were taxed. */
    public List<TaxSum> taxes(BookDays days) {
        requireView();
        var tenant = tenants.current();
        var after = days.from().atStartOfDay(tenant.zone()).toInstant();
        var until = days.to().plusDays(1).atStartOfDay(tenant.zone()).toInstant();
        return sql.query(
                TAXES,
                row -> new TaxSum(
                        row.text("place"),
                        row.text("treatment"),
                        row.decimal("percent"),
                        row.whole("documents"),
                        money(row, "net", tenant),
                        money(row, "tax", tenant)),
                tenant.currency(),
                after,
                until,
                after,
                until);
    }

    /** The last quarter that is over. */
    public Quarter lastQuarter() {
        return Quarter.of(today()).minus(1);
    }

    /** What is to be declared for a quarter by OSS, sales of the quarter first. */
    public List<OssSum> oss(Quarter quarter) {
        requireView();
        var tenant = tenants.current();
        var next = quarter.minus(-1).firstDay();
        return sql.query(
                OSS,
                row -> new OssSum(
                        Quarter.of(row.date("supplied")),
                        row.text("place"),
                        row.decimal("percent"),
                        money(row, "net", tenant),
                        money(row, "tax", tenant)),
                tenant.zone().getId(),
                tenant.currency(),
                quarter.firstDay().atStartOfDay(tenant.zone()).toInstant(),
                next.atStartOfDay(tenant.zone()).toInstant(),
                quarter.firstDay());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }

    private static Money money(Row row, String column, Tenant tenant) {
        return new Money(row.decimal(column), tenant.currency());
    }

    private void requireView() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        access.require(Permission.STAFF_CHARGING_VIEW);
    }
}
