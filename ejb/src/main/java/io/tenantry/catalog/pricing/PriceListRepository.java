package io.tenantry.catalog.pricing;

import io.tenantry.catalog.pricing.PriceLists.Dated;
import io.tenantry.catalog.pricing.PriceLists.Owner;
import io.tenantry.catalog.pricing.PriceLists.Summary;
import io.tenantry.catalog.pricing.PriceLists.Version;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.TenantId;
import java.util.Currency;

/** Row mapping of price lists, their versions and prices. */
final class PriceListRepository {
    static final String LISTS = """
            select l.id, l.currency, a.tenant, l.group_id, g.name as group_name,
                   n.id as now_id, n.number as now_number, n.valid_from as now_from, c.number as next_number, c.valid_from as next_from,
                   d.id as draft_id,
                   (select count(*) from price_list_item i where i.version_id = coalesce(n.id, c.id, d.id))::int as items
              from price_list l
              left join reseller_account_v a on a.id = l.account_id
              left join reseller_group_v g on g.id = l.group_id
              left join lateral (select v.id, v.number, v.valid_from from price_list_version v
                                  where v.list_id = l.id and v.state = 'PUBLISHED' and v.valid_from <= ?
                                  order by v.valid_from desc, v.number desc limit 1) n on true
              left join lateral (select v.id, v.number, v.valid_from from price_list_version v
                                  where v.list_id = l.id and v.state = 'PUBLISHED' and v.valid_from > ?
                                  order by v.valid_from, v.number desc limit 1) c on true
              left join price_list_version d on d.list_id = l.id and d.state = 'DRAFT'
             where (l.account_id is null or a.closed_at is null)
            """;

    static final String VERSIONS = """
            select v.id, v.list_id, v.number, v.state, v.note, v.valid_from, v.created_at, v.created_by, v.published_at, v.published_by,
                   v.withdrawn_at,
                   (select count(*) from price_list_item i where i.version_id = v.id)::int as items
              from price_list_version v
            """;

    private PriceListRepository() {}

    static Summary summary(Row row) {
        Owner owner = row.maybeText("tenant")
                .<Owner>map(tenant -> new Owner.Reseller(new TenantId(tenant)))
                .or(() -> row.maybeUuid("group_id").map(id -> new Owner.Group(id, row.text("group_name"))))
                .orElseGet(Owner.All::new);
        return new Summary(
                row.uuid("id"),
                owner,
                Currency.getInstance(row.text("currency")),
                row.maybeInstant("now_from").map(from -> new Dated(row.whole("now_number"), from)),
                row.maybeInstant("next_from").map(from -> new Dated(row.whole("next_number"), from)),
                row.maybeUuid("draft_id"),
                row.whole("items"));
    }

    static Version version(Row row) {
        return new Version(
                row.uuid("id"),
                row.uuid("list_id"),
                row.whole("number"),
                row.text("state").equals("DRAFT"),
                row.text("note"),
                row.maybeInstant("valid_from"),
                row.instant("created_at"),
                row.text("created_by"),
                row.maybeInstant("published_at"),
                row.maybeText("published_by"),
                row.maybeInstant("withdrawn_at"),
                row.whole("items"));
    }

    static PriceItem item(Row row) {
        return new PriceItem(
                new PriceKey(
                        PriceKey.Kind.valueOf(row.text("kind")),
                        row.text("provider"),
                        row.text("code"),
                        row.text("region")),
                row.decimal("monthly"),
                row.flag("orderable"),
                row.maybeDecimal("cost_monthly")
                        .map(cost -> new PriceItem.Cost(
                                new Money(cost, Currency.getInstance(row.text("cost_currency"))),
                                row.maybeDecimal("rate")
                                        .map(rate -> new PriceItem.Rate(
                                                rate, row.date("rate_day"), row.text("rate_source"))))));
    }
}
