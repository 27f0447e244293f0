package io.tenantry.settlement;

import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.settlement.SettlementRuns.Claim;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Optional;

/**
 * The tenant's part of a settlement, in one transaction of the tenant: which of its hours are included, and their wholesale prices. It is
 * written once and never changed; a retry returns the same, so that a worker that takes over from a dead one settles the same month.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class WholesaleUsage {
    private static final Actor ACTOR = Actor.system("settlement");

    private static final String IS_CHARGED = """
            select not exists (select from work.charging_run c
                                where c.tenant = ? and c.state <> 'DONE' and c.until < ?::timestamptz + interval '1 hour') as charged
            """;

    /** Whether anything was ever sold in a currency before an instant: otherwise no rate is needed. */
    private static final String IS_EARNED = """
            select exists (select from ledger_account a
                             join posting p on p.account_id = a.id
                             join journal_entry e on e.id = p.entry_id
                            where a.kind = 'REVENUE' and a.currency = ? and e.effective_at < ?) as earned
            """;

    private static final String LINES = """
            select case when v.addon_price_id is null then 'SERVICE' else 'ADDON' end as kind,
                   coalesce(v.plan_id::text, f.kind) as subject,
                   coalesce(n.name, f.kind) as name,
                   s.provider,
                   s.of_month,
                   count(distinct p.service_id)::int as services,
                   sum(p.hours)::bigint as hours,
                   coalesce(sum(w.unpriced), 0)::bigint as unpriced_hours,
                   sum(s.revenue) as revenue,
                   sum(s.wholesale) as wholesale
              from settled_period s
              join rated_period p on p.id = s.rated_period_id
              join price_version v on v.id = p.price_version_id
              left join plan n on n.id = v.plan_id
              left join addon_price_v f on f.id = v.addon_price_id
              left join lateral (select sum(w.hours) filter (where w.monthly = 0 and w.origin <> 'OWN_ACCOUNT') as unpriced
                                   from settled_price w
                                  where w.rated_period_id = s.rated_period_id) w on true
             where s.month = ?
             group by 1, 2, 3, 4, 5
            union all
            select i.kind, '', '', '', s.of_month, count(*)::int, 0, 0, sum(s.revenue), 0
              from settled_item s
              join invoice_item i on i.id = s.item_id
             where s.month = ?
             group by i.kind, s.of_month
             order by 5 desc, 1 desc, 3, 4, 2
            """;

    /** What was counted for its month in an earlier settlement is not counted again when more of it arrives late. */
    private static final String COUNTS = """
            select (select count(*)::int
                      from (select distinct p.service_id, s.of_month
                              from settled_period s
                              join rated_period p on p.id = s.rated_period_id
                              join service_v v on v.id = p.service_id
                             where s.month = ?) c
                     where not exists (select from rated_period e
                                         join settled_period t on t.rated_period_id = e.id
                                        where e.service_id = c.service_id and t.of_month = c.of_month and t.month < ?)) as services,
                   (select count(*)::int
                      from (select distinct p.wallet_id, s.of_month
                              from settled_period s
                              join rated_period p on p.id = s.rated_period_id
                             where s.month = ?) c
                     where not exists (select from rated_period e
                                         join settled_period t on t.rated_period_id = e.id
                                        where e.wallet_id = c.wallet_id and t.of_month = c.of_month and t.month < ?)) as organizations
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    Currencies currencies;

    @Inject
    ExchangeRates rates;

    /** The result of calculating a month. */
    public sealed interface Outcome {
        /** It is calculated, by this or an earlier try. */
        record Calculated(WholesaleStatement wholesaleStatement) implements Outcome {}

        /** Some of its hours are still to be charged, or an exchange rate at its end is not known yet. */
        record NotReady() implements Outcome {}

        /** It was settled elsewhere, before the reseller came here. */
        record SettledElsewhere() implements Outcome {}
    }

    /** Calculates the month of a claim. */
    public Outcome take(Claim claim) {
        try (var actorScope = Actors.enter(ACTOR)) {
            return Tenancy.in(claim.tenant(), () -> takeNow(claim));
        }
    }

    private Outcome takeNow(Claim claim) {
        var tenant = tenants.current();
        if (!sql.one(
                IS_CHARGED,
                row -> row.flag("charged"),
                tenant.id().value(),
                claim.period().to())) {
            return new Outcome.NotReady();
        }
        var month = claim.period().month().atDay(1);
        if (!keepRates(claim)) {
            return new Outcome.NotReady();
        }
        var by = sql.one(
                "select collect_wholesale(?, ?, ?, ?, ?, ?, ?) as run",
                row -> row.uuid("run"),
                month,
                claim.runId(),
                claim.since(),
                claim.period().to(),
                tenant.zone().getId(),
                tenant.currency(),
                clock.instant());
        if (!by.equals(claim.runId())) {
            return new Outcome.SettledElsewhere();
        }
        var lines = sql.query(LINES, WholesaleUsage::line, month, month);
        return sql.one(
                COUNTS,
                row -> new Outcome.Calculated(new WholesaleStatement(
                        tenant.currency(), lines, row.whole("services"), row.whole("organizations"), reseller())),
                month,
                month,
                month,
                month);
    }

    /** Stores the rates at which revenue in further currencies is stated; returns false if one is not known. */
    private boolean keepRates(Claim claim) {
        var home = tenants.current().currency();
        var month = claim.period().month();
        for (var other : currencies.others()) {
            if (!sql.one(
                    IS_EARNED, row -> row.flag("earned"), other, claim.period().to())) {
                continue;
            }
            var rate = rates.of(home, other, month.atEndOfMonth());
            if (rate.isEmpty()) {
                return false;
            }
            sql.update(
                    """
                    insert into settled_rate (month, currency, per_base_currency, day, source) values (?, ?, ?, ?, ?)
                    on conflict on constraint settled_rate_pk do nothing
                    """,
                    month.atDay(1),
                    other,
                    rate.get().perHome(),
                    rate.get().day(),
                    rate.get().source());
        }
        return true;
    }

    private Optional<InvoiceBuyer> reseller() {
        return sql.first(
                """
                select name, street, postcode, city, country, vat_number, email from invoice_seller order by id desc limit 1
                """,
                row -> new InvoiceBuyer(
                        new PostalAddress(
                                row.text("name"),
                                row.text("street"),
                                row.text("postcode"),
                                row.text("city"),
                                row.text("country")),
                        row.text("vat_number"),
                        row.text("email"),
                        ""));
    }

    private static WholesaleStatement.Line line(Row row) {
        return new WholesaleStatement.Line(
                row.text("kind"),
                row.text("subject"),
                row.text("name"),
                row.text("provider"),
                YearMonth.from(row.date("of_month")),
                row.whole("services"),
                row.big("hours"),
                row.big("unpriced_hours"),
                row.decimal("revenue"),
                row.decimal("wholesale"));
    }
}
