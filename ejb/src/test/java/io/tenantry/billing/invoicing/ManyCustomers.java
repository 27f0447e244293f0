package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.testing.Database;
import java.util.List;

/**
 * Many customers of one reseller, inserted in bulk, in the state in which October's documents are due: each has topped up, rents this number of
 * servers since about a day in October, and is charged until now, including November's first hours. Every row is where the product would have
 * put it, except that an hour's charges are one posting for all of them. All tenants get the same identifiers.
 */
final class ManyCustomers {
    private static final String MONTHLY = "5.00";

    private static final String FILL = """
            set local search_path = ${schema};
            set local session_replication_role = replica;
            update invoice_policy set first_at = '${from}';
            insert into ledger_account (id, kind, currency, opened_at)
            select md5(kind)::uuid, kind, 'EUR', '${from}' from unnest(array['REVENUE', 'CASH', 'ROUNDING']) kind
            on conflict do nothing;
            insert into organization (id, name, billing_email, country, created_at)
            select ${organization}, 'Customer ' || n, 'billing@mass.example', 'DE', '${from}' from generate_series(1, ${customers}) n;
            insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state, ordered_at,
                                 activated_at)
            select ${service}, ${organization}, ${wallet}, 'VPS', 'server-' || k, v.plan_id, v.id, 'fra', 'sandbox', 'ACTIVE', t.at, t.at
              from generate_series(1, ${customers}) n
             cross join generate_series(1, ${servers}) k
             cross join lateral (select '${to}'::timestamptz - ${hours} * interval '1 hour' as at) t
              join price_version v on v.id = '${price}';
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
                                      hours, month_cap, cap, amount, open)
            select ${service}, ${wallet}, v.id, v.currency, v.hourly, t.at, '${to}', '${to}', ${hours}, v.monthly, v.monthly,
                   least(v.monthly, ${hours} * v.hourly), false
              from generate_series(1, ${customers}) n
             cross join generate_series(1, ${servers}) k
             cross join lateral (select '${to}'::timestamptz - ${hours} * interval '1 hour' as at) t
              join price_version v on v.id = '${price}'
             order by n, k;
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at, month_ends_at, charged_until,
                                      hours, month_cap, cap, amount)
            select p.service_id, p.wallet_id, p.price_version_id, p.currency, p.hourly, '${to}', '${next}', '${to}'::timestamptz + interval '73 hours',
                   73, p.month_cap, p.month_cap, 73 * p.hourly
              from rated_period p
             order by p.id;
            insert into ledger_account (id, kind, currency, opened_at)
            select ${wallet}, 'WALLET', 'EUR', '${from}' from generate_series(1, ${customers}) n;
            insert into wallet (id, organization_id, currency, balance, version, hourly_cost, opened_at)
            select ${wallet}, ${organization}, 'EUR', 1000 - c.amount, 2, c.pace, '${from}'
              from generate_series(1, ${customers}) n
              join (select p.wallet_id, sum(p.amount) as amount, sum(p.hourly) filter (where p.open) as pace
                      from rated_period p
                     group by p.wallet_id) c on c.wallet_id = ${wallet};
            insert into journal_entry (id, kind, source, idempotency_key, effective_at, posted_at, actor, reason)
            overriding system value
            select n, 'CREDIT', 'payment', 'payment:' || n, t.at, t.at, 'test', 'top-up'
              from generate_series(1, ${customers}) n
             cross join lateral (select '${from}'::timestamptz + n * interval '1 second' as at) t
            union all
            select ${customers} + 1, 'CHARGE', 'run:1', 'run:1', '${to}', '${to}', 'test', null;
            insert into posting (entry_id, account_id, currency, amount, balance_after)
            select n, ${wallet}, 'EUR', 1000, 1000 from generate_series(1, ${customers}) n
            union all
            select n, a.id, 'EUR', -1000, null
              from generate_series(1, ${customers}) n
              join ledger_account a on a.kind = 'CASH'
            union all
            select ${customers} + 1, w.id, 'EUR', w.balance - 1000, w.balance from wallet w
            union all
            select ${customers} + 1, a.id, 'EUR', (select sum(1000 - w.balance) from wallet w), null from ledger_account a where a.kind = 'REVENUE';
            alter table journal_entry alter column id restart with ${behind};
            """;

    private static final String TABLES =
            "organization wallet service rated_period ledger_account journal_entry posting invoice_policy";

    private ManyCustomers() {}

    static void fill(BillingFixture billingFixture, int customers, int servers, BillingPeriod period) {
        var price = billingFixture.price(MONTHLY);
        var schema = billingFixture.tenant.schema();
        Database.asOwner("begin;"
                + FILL.replace("${organization}", id(1, "n"))
                        .replace("${wallet}", id(2, "n"))
                        .replace("${service}", id(3, "n * 1000 + k"))
                        .replace("${hours}", "(100 + (n * 37 + k * 211) % 640)")
                        .replace("${schema}", schema)
                        .replace("${price}", price.toString())
                        .replace("${customers}", String.valueOf(customers))
                        .replace("${behind}", String.valueOf(customers + 2))
                        .replace("${servers}", String.valueOf(servers))
                        .replace("${from}", period.from().toString())
                        .replace("${to}", period.to().toString())
                        .replace(
                                "${next}",
                                BillingPeriod.of(period.month().plusMonths(1), InvoicingFixture.BERLIN)
                                        .to()
                                        .toString())
                + "commit;");
        var unusedTables = Database.asOwner("vacuum (analyze) "
                + String.join(
                        ", ",
                        List.of(TABLES.split(" ", -1)).stream()
                                .map(table -> schema + "." + table)
                                .toList()));
    }

    /** Ascending in creation order, like the product's. */
    private static String id(int kind, String number) {
        return "('01900000-0000-7000-800%d-' || lpad(to_hex(%s), 12, '0'))::uuid".formatted(kind, number);
    }
}
