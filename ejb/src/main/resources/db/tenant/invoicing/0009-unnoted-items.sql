--liquibase formatted sql

--changeset invoicing:0013 splitStatements:false
--comment What is no hour is in the preview of a document as soon as it was taken: what would be noted is told by one function to both.

-- What went between wallets and revenue, is no hour and was not noted yet. Becomes part of the statement that calls it, so that it is
-- looked for by wallet or by time, as that asks.
create function unnoted_items()
returns table (entry_id bigint, wallet_id uuid, kind text, service_id uuid, reason text, currency char(3), amount numeric,
               effective_at timestamptz, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select e.id, p.account_id,
           case split_part(e.source, ':', 1)
                when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' when 'finding' then 'GIVEN_BACK'
                when 'option-finding' then 'GIVEN_BACK' when 'late-fee' then 'LATE_FEE' else 'OTHER' end,
           case when e.source ~ '^transfer:[0-9a-f-]{36}:' then split_part(e.source, ':', 2)::uuid
                when e.source ~ '^finding:[0-9a-f-]{36}$'
                then (select f.service_id from finding f where f.id = split_part(e.source, ':', 2)::uuid)
                when e.source ~ '^option-finding:[0-9a-f-]{36}$'
                then (select o.service_id
                        from option_finding f
                        join service_option o on o.id = f.option_id
                       where f.id = split_part(e.source, ':', 2)::uuid) end,
           coalesce(e.reason, ''), p.currency, coalesce(x.amount, -p.amount), e.effective_at,
           x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
      from journal_entry e
      join posting p on p.entry_id = e.id
      left join entry_tax x on x.entry_id = e.id
      join wallet w on w.id = p.account_id
     where e.kind <> 'CHARGE'
       and e.source <> 'manual'
       and exists (select from posting r
                     join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE'
                    where r.entry_id = e.id)
       and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
$$;

-- Notes what went from wallets to revenue, or back, before an instant and is no hour. What is noted is not noted again.
create or replace function gather_items(until timestamptz, happened timestamptz) returns integer
language plpgsql
as $$
#variable_conflict use_column
declare
    gathered integer;
begin
    insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, gathered_at,
                              tax_id, tax_rate, tax_included, tax)
    select u.entry_id, u.wallet_id, u.kind, u.service_id, u.reason, u.currency, u.amount, u.effective_at, happened,
           u.tax_id, u.tax_rate, u.tax_included, u.tax
      from unnoted_items() u
     where u.effective_at < until
     order by u.entry_id
    on conflict on constraint invoice_item_entry_uq do nothing;
    get diagnostics gathered = row_count;
    return gathered;
end $$;

-- The lines of a wallet's next document, if its items were noted now: due_lines, and what is not noted yet.
create function next_lines(which uuid, until timestamptz)
returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
               quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
               entry_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select d.wallet_id, d.kind, d.subject_id, d.name, d.what, d.from_at, d.to_at, d.quantity, d.unit, d.unit_price, d.surcharge,
           d.amount, d.rated_period_id, i.entry_id, d.tax_id, d.tax_rate, d.tax_included, d.tax
      from due_lines(array[which], until) d
      left join invoice_item i on i.id = d.item_id
    union all
    select u.wallet_id, u.kind, u.service_id, coalesce(s.name, ''), u.reason, u.effective_at, u.effective_at,
           1::numeric(20, 8), 'ITEM'::text, u.amount, 0::numeric, u.amount, null::bigint, u.entry_id,
           u.tax_id, u.tax_rate, u.tax_included, u.tax
      from unnoted_items() u
      left join service s on s.id = u.service_id
     where u.wallet_id = which
       and u.effective_at < until
       and u.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
$$;
--rollback create or replace function gather_items(until timestamptz, happened timestamptz) returns integer
--rollback language plpgsql
--rollback as $$
--rollback #variable_conflict use_column
--rollback declare
--rollback     gathered integer;
--rollback begin
--rollback     insert into invoice_item (entry_id, wallet_id, kind, service_id, reason, currency, amount, effective_at, gathered_at,
--rollback                               tax_id, tax_rate, tax_included, tax)
--rollback     select e.id, p.account_id,
--rollback            case split_part(e.source, ':', 1)
--rollback                 when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' when 'finding' then 'GIVEN_BACK'
--rollback                 when 'option-finding' then 'GIVEN_BACK' when 'late-fee' then 'LATE_FEE' else 'OTHER' end,
--rollback            case when e.source ~ '^transfer:[0-9a-f-]{36}:' then split_part(e.source, ':', 2)::uuid
--rollback                 when e.source ~ '^finding:[0-9a-f-]{36}$'
--rollback                 then (select f.service_id from finding f where f.id = split_part(e.source, ':', 2)::uuid)
--rollback                 when e.source ~ '^option-finding:[0-9a-f-]{36}$'
--rollback                 then (select o.service_id
--rollback                         from option_finding f
--rollback                         join service_option o on o.id = f.option_id
--rollback                        where f.id = split_part(e.source, ':', 2)::uuid) end,
--rollback            coalesce(e.reason, ''), p.currency, coalesce(x.amount, -p.amount), e.effective_at, happened,
--rollback            x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
--rollback       from journal_entry e
--rollback       join posting p on p.entry_id = e.id
--rollback       left join entry_tax x on x.entry_id = e.id
--rollback       join wallet w on w.id = p.account_id
--rollback      where e.kind <> 'CHARGE'
--rollback        and e.source <> 'manual'
--rollback        and e.effective_at < until
--rollback        and exists (select from posting r
--rollback                      join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE'
--rollback                     where r.entry_id = e.id)
--rollback        and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
--rollback      order by e.id
--rollback     on conflict on constraint invoice_item_entry_uq do nothing;
--rollback     get diagnostics gathered = row_count;
--rollback     return gathered;
--rollback end $$;
--rollback drop function next_lines; drop function unnoted_items;
