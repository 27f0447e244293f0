package io.tenantry.billing.reports;

import io.tenantry.billing.accounting.AccountingPeriod;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Customers' debts and credit balances, in one currency at a time, and the taxes due, in the accounting currency. Taxes are those of documents
 * as issued, because these are what customers received. Each report is one statement.
 */
@Stateless
public class Receivables {
    private static final Duration THIRTY_DAYS = Duration.ofDays(30);

    /**
     * Entries are written approximately in the order in which they take effect, so the first of the last 90 days bounds what is read of a
     * wallet.
     */
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

    /**
     * Amounts are those that documents state, so a void invoice and its corrections cancel each other. Documents in another currency are converted to the accounting currency at the rate stated on the document. An invoice counts in the month
     * that it covers, regardless of when it was issued; a correction counts on its own day.
     */
    private static final String TAXES = """
            with document as (
              select v.id, v.net, v.net_rounded, v.decimals as own_decimals, coalesce(r.per_base_currency, 1) as per_base_currency,
                     coalesce(r.decimals, v.decimals) as decimals
                from invoice v
                left join invoice_exchange_rate r on r.invoice_id = v.id
               where v.kind = 'INVOICE' and v.period_to > ? and v.period_to <= ?
                  or v.kind in ('CREDIT_NOTE', 'DEBIT_NOTE') and v.issued_at >= ? and v.issued_at < ?
            ),
            stated as (
              select d.*, x.tax_id, x.base, t.place, t.treatment, t.rate,
                     round(x.base_before, d.own_decimals) as base_before,
                     round(x.base_before + x.base, d.own_decimals) as base_after,
                     round(x.base_before * t.rate, d.own_decimals) as tax_before,
                     round((x.base_before + x.base) * t.rate, d.own_decimals) as tax_after
                from document d
                left join (invoice_tax x join applied_tax t on t.id = x.tax_id) on x.invoice_id = d.id
            ),
            part as (
              select d.id, d.place, d.treatment, d.rate,
                     round(d.base_after / d.per_base_currency, d.decimals) - round(d.base_before / d.per_base_currency, d.decimals) as base,
                     round(d.tax_after / d.per_base_currency, d.decimals) - round(d.tax_before / d.per_base_currency, d.decimals) as tax
                from stated d
               where d.tax_id is not null
              union all
              select d.id, '', '', 0,
                     round((d.net_rounded - coalesce(sum(d.base_after - d.base_before), 0)) / d.per_base_currency, d.decimals), 0
                from stated d
               group by d.id, d.net, d.net_rounded, d.per_base_currency, d.decimals
              having d.net <> coalesce(sum(d.base), 0)
            )
            select place, treatment, rate * 100 as percent, count(distinct id)::int as documents, sum(base) as net, sum(tax) as tax
              from part
             group by place, treatment, rate
             order by place, treatment, rate
            """;

    /**
     * Sales taxed in another member state without a separate registration are taxed there because the buyer is a consumer and OSS declares
     * them. Corrections belong to the quarter of the corrected document, and are declared for the quarter in which they were issued.
     */
    private static final String OSS = """
            with part as (
              select t.place, t.rate, b.base_after - b.base_before as base, x.tax, v.currency,
                     round(b.base_after / k.rate, k.decimals) - round(b.base_before / k.rate, k.decimals) as base_told,
                     round(b.tax_after / k.rate, k.decimals) - round(b.tax_before / k.rate, k.decimals) as tax_told,
                     date_trunc('quarter', (coalesce(c.period_to, v.period_to) - interval '1 microsecond') at time zone z.zone)::date
                         as supplied,
                     date_trunc('quarter', case when v.kind = 'INVOICE' then v.period_to - interval '1 microsecond'
                                                else v.issued_at end at time zone z.zone)::date as declared
                from (select ?::text as zone) z
                join invoice v on v.kind in ('INVOICE', 'CREDIT_NOTE', 'DEBIT_NOTE')
                left join invoice_exchange_rate d on d.invoice_id = v.id
                left join invoice c on c.id = v.corrects_id
                join invoice_tax x on x.invoice_id = v.id
                join applied_tax t on t.id = x.tax_id
               cross join lateral (
                 select round(x.base_before, v.decimals) as base_before, round(x.base_before + x.base, v.decimals) as base_after,
                        round(x.base_before * t.rate, v.decimals) as tax_before,
                        round((x.base_before + x.base) * t.rate, v.decimals) as tax_after) b
               cross join lateral (
                 select coalesce(d.per_base_currency, 1) as rate, coalesce(d.decimals, v.decimals) as decimals) k
               where t.treatment = 'TAXED'
                 and is_eu_country(regexp_replace(t.place, '^PT-(20|30)$', 'PT'))
                 and not exists (select from tax_registration r
                                   left join tax_registration_end e on e.registration_id = r.id
                                  where tax_area(r.country, null, null) in (t.place, regexp_replace(t.place, '^PT-(20|30)$', 'PT'))
                                    and r.from_at < coalesce(c.period_to, v.period_to)
                                    and (e.until_at is null or e.until_at >= coalesce(c.period_to, v.period_to)))
                 and (case when v.kind = 'INVOICE' then v.period_to else v.issued_at end) >= ?
                 and (case when v.kind = 'INVOICE' then v.period_to else v.issued_at end) <= ?
            )
            select supplied, place, rate * 100 as percent, currency, sum(base) as net, sum(tax) as tax,
                   sum(base_told) as net_told, sum(tax_told) as tax_told
              from part
             where declared = ?
             group by supplied, place, rate, currency
             order by supplied desc, place, rate, currency
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    ExchangeRates rates;

    /** For the container. */
    public Receivables() {}

    /** For use outside a container. */
    Receivables(Sql sql, Access access, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.access = access;
        this.clock = clock;
        this.tenants = tenants;
        this.rates = new ExchangeRates(sql);
    }

    /** A customer's wallet balance. */
    public record WalletHolding(UUID organizationId, String name, Money amount) {}

    /**
     * Totals of documents.
     *
     * @param place the tax jurisdiction; empty if no tax was determined
     * @param treatment by the name in {@link io.tenantry.billing.tax.TaxTreatment}; empty as above
     * @param percent the rate
     */
    public record TaxSum(String place, String treatment, BigDecimal percent, int documents, Money net, Money tax) {}

    /**
     * Sales to consumers in a member state.
     *
     * @param supplied the quarter of the supply; if it is before the declared quarter, this is a correction
     */
    public record OssSum(Quarter supplied, String place, BigDecimal percent, Money net, Money tax) {
        OssSum plus(OssSum other) {
            return new OssSum(supplied, place, percent, net.plus(other.net), tax.plus(other.tax));
        }
    }

    /** Returns customers' debts by age, greatest debt first. */
    public List<AgingBucket> debts(Currency currency) {
        requireView();
        var now = clock.instant();
        return sql.query(
                DEBTS,
                row -> AgingBucket.of(
                        row.uuid("organization_id"),
                        row.text("name"),
                        money(row, "owed", currency),
                        money(row, "lately", currency),
                        money(row, "before", currency),
                        money(row, "earlier", currency)),
                currency,
                now.minus(THIRTY_DAYS),
                now.minus(THIRTY_DAYS.multipliedBy(2)),
                now.minus(THIRTY_DAYS.multipliedBy(3)));
    }

    /** Returns customers' wallet balances, greatest amount first. */
    public List<WalletHolding> holdings(Currency currency) {
        requireView();
        return sql.query(
                WALLETS,
                row -> new WalletHolding(
                        row.uuid("organization_id"), row.text("name"), money(row, "balance", currency)),
                currency);
    }

    /** Returns the period of a query; by default the last full month. */
    public AccountingPeriod days(ListQuery listQuery) {
        var today = today();
        var isNamed = listQuery.filter(AccountingPeriod.FROM).isPresent()
                || listQuery.filter(AccountingPeriod.TO).isPresent();
        return AccountingPeriod.of(
                listQuery, isNamed ? today : today.withDayOfMonth(1).minusDays(1));
    }

    /** Returns taxes of documents in the accounting currency, by jurisdiction and treatment. */
    public List<TaxSum> taxes(AccountingPeriod days) {
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
                        money(row, "net", tenant.currency()),
                        money(row, "tax", tenant.currency())),
                after,
                until,
                after,
                until);
    }

    /** Returns the last completed quarter. */
    public Quarter lastQuarter() {
        return Quarter.of(today()).minus(1);
    }

    /**
     * Returns the sales to be declared for a quarter by OSS, in the accounting currency, sales of the quarter first. Sales in another currency
     * are converted at the rate of the quarter's last day (Article 369h of Directive 2006/112/EC); until that is known, at the rates of their
     * documents.
     */
    public List<OssSum> oss(Quarter quarter) {
        requireView();
        var tenant = tenants.current();
        var next = quarter.minus(-1).firstDay();
        var exchangeRates = new HashMap<String, Optional<ExchangeRate>>();
        var parts = sql.query(
                OSS,
                row -> {
                    var rate = row.text("currency").equals(tenant.currency().getCurrencyCode())
                            ? Optional.<ExchangeRate>empty()
                            : exchangeRates.computeIfAbsent(
                                    row.text("currency"),
                                    code -> rates.of(tenant.currency(), Currency.getInstance(code), next.minusDays(1)));
                    return new OssSum(
                            Quarter.of(row.date("supplied")),
                            row.text("place"),
                            row.decimal("percent"),
                            rate.map(known -> known.exactly(money(row, "net", known.other())))
                                    .orElseGet(() -> money(row, "net_told", tenant.currency())),
                            rate.map(known -> known.coins(money(row, "tax", known.other())))
                                    .orElseGet(() -> money(row, "tax_told", tenant.currency())));
                },
                tenant.zone().getId(),
                quarter.firstDay().atStartOfDay(tenant.zone()).toInstant(),
                next.atStartOfDay(tenant.zone()).toInstant(),
                quarter.firstDay());
        return List.copyOf(parts.stream()
                .collect(Collectors.toMap(
                        part -> List.of(part.supplied(), part.place(), part.percent()),
                        part -> part,
                        OssSum::plus,
                        LinkedHashMap::new))
                .values());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), tenants.current().zone());
    }

    private static Money money(Row row, String column, Currency currency) {
        return new Money(row.decimal(column), currency);
    }

    private void requireView() {
        access.require(Permission.STAFF_BILLING_VIEW);
        access.require(Permission.STAFF_ACCOUNTING_VIEW);
    }
}
