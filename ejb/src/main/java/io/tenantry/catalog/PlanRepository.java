package io.tenantry.catalog;

import io.tenantry.catalog.Catalog.Offer;
import io.tenantry.catalog.Catalog.PlanView;
import io.tenantry.catalog.Catalog.PriceView;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.util.Currency;

/** Queries and row mapping of plans, prices and offers. */
final class PlanRepository {
    /** The prices in force of plans on sale, in a currency, by region. */
    static final String OFFERS = """
            select r.code region, r.name region_name, r.country, p.id, p.name, p.vcpus, p.memory_mib, p.disk_gib,
                   p.transfer_gib, p.transfer_unlimited, v.id price_id, v.currency, v.monthly, v.hourly
              from plan p
              join plan_region o on o.plan_id = p.id
              join region r on r.code = o.region
             cross join lateral (select * from price_version v
                                  where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                  order by v.valid_from desc limit 1) v
             where p.state = 'ON_SALE'
               and
            """ + PlanAvailability.CONDITION;

    /** Plans with the price in force in a currency. */
    static final String PLANS = """
            select p.id, p.code, p.name, p.category, p.state, p.vcpus, p.memory_mib, p.disk_gib, p.transfer_gib,
                   p.transfer_unlimited,
                   array(select r.region from plan_region r where r.plan_id = p.id order by r.region) regions,
                   coalesce(n.services, 0) services,
                   v.id price_id, v.version, v.currency, v.monthly, v.hourly, v.wholesale_monthly, v.valid_from,
                   v.published_by
              from plan p
              join category c on c.code = p.category
              left join (select s.plan_id, count(*)::int services
                           from service_v s
                          where s.state not in ('TERMINATED', 'FAILED')
                          group by s.plan_id) n on n.plan_id = p.id
              left join lateral (select * from price_version v
                                  where v.plan_id = p.id and v.currency = ? and v.valid_from <= ?
                                  order by v.valid_from desc limit 1) v on true
            """;

    private PlanRepository() {}

    static Offer offer(Row row) {
        return new Offer(
                row.uuid("id"),
                row.text("name"),
                size(row),
                row.uuid("price_id"),
                money(row, "monthly"),
                money(row, "hourly"));
    }

    static PlanView plan(Row row) {
        return new PlanView(
                row.uuid("id"),
                row.text("code"),
                row.text("name"),
                row.text("category"),
                Plan.State.valueOf(row.text("state")),
                size(row),
                row.texts("regions"),
                row.maybeUuid("price_id").map(id -> price(row, Currency.getInstance(row.text("currency")))),
                row.whole("services"));
    }

    /**
     * Maps a row to a price.
     *
     * @param home the currency of the wholesale price
     */
    static PriceView price(Row row, Currency home) {
        return new PriceView(
                row.uuid("price_id"),
                row.whole("version"),
                money(row, "monthly"),
                money(row, "hourly"),
                new Money(row.decimal("wholesale_monthly"), home),
                row.instant("valid_from"),
                row.text("published_by"));
    }

    private static Plan.Size size(Row row) {
        return new Plan.Size(
                row.whole("vcpus"),
                row.whole("memory_mib"),
                row.whole("disk_gib"),
                row.whole("transfer_gib"),
                row.flag("transfer_unlimited"));
    }

    private static Money money(Row row, String column) {
        return new Money(row.decimal(column), Currency.getInstance(row.text("currency")));
    }
}
