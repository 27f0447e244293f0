package io.tenantry.people.stage;

import io.tenantry.tenancy.TenantId;

/**
 * Past settled months of a brand: with neither revenue nor cost, so that all books stay balanced. They belong to the open account of the brand:
 * those of an erased one of the same name stay.
 */
public final class SettledMonths {
    private SettledMonths() {}

    /** Returns the statement that creates that many months of a brand, up to December 2025, as the platform or the owner of its tables. */
    public static String of(TenantId tenant, String currency, int months) {
        return """
                do $$
                declare
                    account uuid;
                    paper uuid;
                    before text := current_setting('search_path');
                begin
                    perform set_config('search_path', 'platform', true);
                    insert into platform.reseller_ledger_account (id, tenant, tenant_role, currency, opened_at)
                    values (gen_random_uuid(), '${tenant}', '${role}', '${currency}', now())
                    on conflict (tenant, currency) where closed_at is null do nothing;
                    select id into account from platform.reseller_ledger_account where tenant = '${tenant}' and closed_at is null;
                    insert into platform.ledger_account (id, kind, currency, opened_at)
                    select account, 'WALLET', '${currency}', now()
                     where not exists (select from platform.ledger_account where id = account);
                    insert into platform.settlement_series (year, prefix, digits, opened_at)
                    values (2025, 'ST-2025-', 6, now())
                    on conflict (year) do nothing;
                    for back in reverse ${months} - 1 .. 0 loop
                        paper := md5(account || ':' || back)::uuid;
                        update platform.settlement_series set next_number = next_number + 1 where year = 2025;
                        insert into platform.settlement (id, account_id, year, number, number_text, state, currency, decimals, month,
                                                         period_from, period_to, services, organizations, revenue, wholesale, fees,
                                                         issued_at, issued_by, paid_at)
                        select paper, account, 2025, s.next_number - 1, 'ST-2025-' || (s.next_number - 1), 'PAID', '${currency}', 2, m.month,
                               m.month, m.month + interval '1 month', 0, 0, 0, 0, 0, now(), 'stage', now()
                          from platform.settlement_series s
                         cross join (select (date '2025-12-01' - back * interval '1 month')::date as month) m
                         where s.year = 2025;
                        insert into platform.settlement_line (settlement_id, account_id, position, kind, subject, name, provider, of_month,
                                                              services, hours, unpriced_hours, revenue, quantity, rate, amount)
                        select paper, account, n, 'SERVICE', 'size-' || n, 'Size ' || n, 'sandbox', s.month, 0, 0, 0, 0, 0, 0, 0
                          from platform.settlement s
                         cross join generate_series(1, 7) n
                         where s.id = paper;
                    end loop;
                    insert into platform.ledger_account (id, kind, currency, opened_at)
                    values (gen_random_uuid(), 'CASH', '${currency}', now())
                    on conflict (kind, currency) where kind <> 'WALLET' do nothing;
                    insert into platform.journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor, reason)
                    values ('CREDIT', 'reseller-payment', 'payment:stage:' || account, now(), now(), 'stage', 'Transfer 4711');
                    insert into platform.posting (entry_id, account_id, currency, amount, balance_after)
                    select e.id, l.id, '${currency}', case when l.id = account then 25 else -25 end, case when l.id = account then 25 end
                      from platform.journal_entry e
                      join platform.ledger_account l on l.id = account or (l.kind = 'CASH' and l.currency = '${currency}')
                     where e.idempotency_key = 'payment:stage:' || account;
                    update platform.reseller_ledger_account set balance = balance + 25, version = version + 1 where id = account;
                    insert into platform.reseller_group (id, name, created_at)
                    values (md5('group ${tenant}')::uuid, 'Holding of ${tenant}', now())
                    on conflict do nothing;
                    insert into platform.reseller_group_member (account_id, group_id, from_month, recorded_at, recorded_by)
                    values (account, md5('group ${tenant}')::uuid, '2020-01-01', now(), 'stage');
                    set constraints all immediate;
                    set constraints all deferred;
                    perform set_config('search_path', before, true);
                end $$
                """.replace("${tenant}", tenant.value())
                .replace("${role}", tenant.role())
                .replace("${currency}", currency)
                .replace("${months}", String.valueOf(months));
    }

    /** Returns the query for the entry of the reseller's payment. */
    public static String payment(TenantId tenant) {
        return """
                select e.id::text as id
                  from platform.journal_entry e
                  join platform.reseller_ledger_account a on e.idempotency_key = 'payment:stage:' || a.id
                 where a.tenant = '${tenant}' and a.closed_at is null
                """.replace("${tenant}", tenant.value());
    }

    /** Returns the query for the id of the latest month. */
    public static String latest(TenantId tenant) {
        return """
                select s.id::text as id
                  from platform.settlement s
                  join platform.reseller_ledger_account a on a.id = s.account_id
                 where a.tenant = '${tenant}' and a.closed_at is null
                 order by s.month desc
                 limit 1
                """.replace("${tenant}", tenant.value());
    }
}
