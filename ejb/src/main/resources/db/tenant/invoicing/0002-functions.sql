--liquibase formatted sql

--changeset invoicing:0003 runOnChange:true splitStatements:false
--comment A month's documents by functions of the database, for a thousand wallets in one call, as charging does.

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
    select e.id, p.account_id,
           case split_part(e.source, ':', 1)
                when 'transfer' then 'TRANSFER' when 'transfer-pack' then 'PACK' when 'finding' then 'GIVEN_BACK'
                when 'option-finding' then 'GIVEN_BACK' else 'OTHER' end,
           case when e.source ~ '^transfer:[0-9a-f-]{36}:' then split_part(e.source, ':', 2)::uuid
                when e.source ~ '^finding:[0-9a-f-]{36}$'
                then (select f.service_id from finding f where f.id = split_part(e.source, ':', 2)::uuid)
                when e.source ~ '^option-finding:[0-9a-f-]{36}$'
                then (select o.service_id
                        from option_finding f
                        join service_option o on o.id = f.option_id
                       where f.id = split_part(e.source, ':', 2)::uuid) end,
           coalesce(e.reason, ''), p.currency, coalesce(x.amount, -p.amount), e.effective_at, happened,
           x.tax_id, coalesce(x.rate, 0), coalesce(x.included, false), coalesce(x.tax, 0)
      from journal_entry e
      join posting p on p.entry_id = e.id
      left join entry_tax x on x.entry_id = e.id
      join wallet w on w.id = p.account_id
     where e.kind <> 'CHARGE'
       and e.source <> 'manual'
       and e.effective_at < until
       and exists (select from posting r
                     join ledger_account a on a.id = r.account_id and a.kind = 'REVENUE'
                    where r.entry_id = e.id)
       and not exists (select from invoice_item i where i.entry_id = e.id and i.wallet_id = p.account_id)
     order by e.id
    on conflict on constraint invoice_item_entry_uq do nothing;
    get diagnostics gathered = row_count;
    return gathered;
end $$;

-- What wallets have in months that end by an instant, and in no document yet: the lines of the next one, as it would be now. What was
-- before the first month of documents is on none.
drop function if exists due_lines(uuid[], timestamptz);
create or replace function due_lines(which uuid[], until timestamptz)
returns table (wallet_id uuid, kind text, subject_id uuid, name text, what text, from_at timestamptz, to_at timestamptz,
               quantity numeric, unit text, unit_price numeric, surcharge numeric, amount numeric, rated_period_id bigint,
               item_id bigint, tax_id bigint, tax_rate numeric, tax_included boolean, tax numeric)
language sql stable
as $$
    select p.wallet_id, case when o.id is null then 'SERVICE' else 'OPTION' end::text, p.service_id,
           coalesce(s.name, case when o.kind = 'BACKUP' then h.name else o.name end, ''),
           coalesce(n.name, o.kind, ''),
           p.starts_at, p.charged_until, p.hours::numeric(20, 8), 'HOUR'::text, p.hourly, p.surcharge, p.amount, p.id, null::bigint,
           p.tax_id, p.tax_rate, p.tax_included, tax_part(p.amount, p.tax_rate, p.tax_included)
      from unnest(which) as c (id)
     cross join lateral (
       select r.* from rated_period r where r.wallet_id = c.id and r.open and r.month_ends_at <= until
        union all
       select r.* from rated_period r where r.wallet_id = c.id and not r.open and r.month_ends_at <= until) p
      join price_version v on v.id = p.price_version_id
      left join plan n on n.id = v.plan_id
      left join service s on s.id = p.service_id
      left join service_option o on o.id = p.service_id
      left join service h on h.id = o.service_id
     where p.amount > 0
       and p.month_ends_at > (select coalesce(y.first_at, '-infinity') from invoice_policy y)
       and not exists (select from invoice_line l where l.rated_period_id = p.id)
    union all
    select i.wallet_id, i.kind, i.service_id, coalesce(s.name, ''), i.reason,
           i.effective_at, i.effective_at, 1::numeric(20, 8), 'ITEM'::text, i.amount, 0::numeric, i.amount, null::bigint, i.id,
           i.tax_id, i.tax_rate, i.tax_included, i.tax
      from unnest(which) as c (id)
      join invoice_item i on i.wallet_id = c.id and i.effective_at < until
      left join service s on s.id = i.service_id
     where i.effective_at >= (select coalesce(y.first_at, '-infinity') from invoice_policy y)
       and not exists (select from invoice_line l where l.item_id = i.id)
$$;

-- Issues the documents of a month for the next wallets of a range. Wallets are locked first, in id order, so that nothing is
-- charged meanwhile, and the series after them. A wallet that is parked, or has hours of the month that are not charged yet,
-- waits; one that has the month's document is left alone, and so is one that would be given money.
create or replace function issue_invoices(
    after_wallet uuid, to_wallet uuid, batch integer, begins_at timestamptz, ends_at timestamptz, which_series uuid,
    currency_decimals integer, actor_name text, happened timestamptz,
    out last_wallet uuid, out is_last boolean, out documents integer, out written_lines integer, out amount numeric,
    out waiting integer, out first_number bigint, out wallets integer)
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    found_wallets uuid[];
    ready_wallets uuid[];
    ids uuid[];
    look record;
begin
    documents := 0;
    written_lines := 0;
    amount := 0;
    first_number := 0;
    -- With which month documents begin is not changed while some are issued.
    perform from invoice_policy for share;
    select array_agg(l.id order by l.id)
      into found_wallets
      from (select w.id
              from wallet w
             where w.id > after_wallet and w.id <= to_wallet
             order by w.id
             limit batch + 1
               for no key update) l;
    is_last := coalesce(cardinality(found_wallets), 0) <= batch;
    if not is_last then
        found_wallets := found_wallets[1:batch];
    end if;
    wallets := coalesce(cardinality(found_wallets), 0);
    last_wallet := found_wallets[wallets];

    select array_agg(c.id) filter (where c.ready), count(*) filter (where not c.ready)
      into ready_wallets, waiting
      from (select w.id,
                   w.parked is null
                   and not exists (select from rated_period p
                                    where p.wallet_id = w.id and p.open and p.month_ends_at <= ends_at
                                      and p.charged_until < p.month_ends_at) as ready
              from unnest(found_wallets) as f (id)
              join wallet w on w.id = f.id
             where not exists (select from invoice v
                                where v.wallet_id = w.id and v.kind = 'INVOICE' and v.period_to >= ends_at)) c;
    if ready_wallets is null then
        return;
    end if;

    select s.next_number, s.prefix, s.digits, s.suffix into look
      from invoice_series s
     where s.id = which_series and s.kind = 'INVOICE'
       for update;
    if not found then
        raise exception 'no series % of invoices', which_series using errcode = 'foreign_key_violation';
    end if;
    ids := (select array_agg(gen_random_uuid()) from generate_series(1, cardinality(ready_wallets)));

    with due as (
      select d.*, case when d.tax_included then d.amount - d.tax else d.amount end as bare
        from due_lines(ready_wallets, ends_at) d
    ),
    summed as (
      select u.*,
             sum(u.bare) over (partition by u.wallet_id) as net,
             coalesce(max(u.rated_period_id) over (partition by u.wallet_id), 0) as newest,
             sum(u.bare) over (partition by u.wallet_id, u.tax_id) as base,
             sum(u.tax) over (partition by u.wallet_id, u.tax_id) as taken,
             row_number() over (partition by u.wallet_id, u.tax_id) as nth
        from due u
    ),
    -- tax is reckoned from what a month comes to, once for each way in which it is taxed
    reckoned as (
      select m.*,
             case when m.tax_id is not null and m.nth = 1 then round(m.base * m.tax_rate, currency_decimals) end as owed
        from summed m
       where m.net >= 0
    ),
    placed as (
      select u.*,
             dense_rank() over (order by u.wallet_id)::integer as document,
             coalesce(sum(u.owed) over (partition by u.wallet_id), 0) as document_tax,
             sum(u.tax) over (partition by u.wallet_id) as document_taken,
             row_number() over (
               partition by u.wallet_id
               order by u.name, u.subject_id, u.from_at, u.rated_period_id, u.item_id)::integer as place
        from reckoned u
    ),
    lines as (
      insert into invoice_line (invoice_id, position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price,
                                surcharge, amount, rated_period_id, item_id, tax_id, tax_included, tax)
      select ids[p.document], p.place, p.kind, p.subject_id, p.name, p.what, p.from_at, p.to_at, p.quantity, p.unit, p.unit_price,
             p.surcharge, p.amount, p.rated_period_id, p.item_id, p.tax_id, p.tax_included, p.tax
        from placed p
      returning net
    ),
    taxes as (
      insert into invoice_tax (invoice_id, tax_id, base, taken, tax)
      select ids[p.document], p.tax_id, p.base, p.taken, p.owed
        from placed p
       where p.owed is not null
    ),
    written as (
      insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                           period_from, period_to, seller_id, buyer_id, buyer_name, buyer_email, buyer_country, net, tax,
                           through_period, issued_at, issued_by, paid_at)
      select ids[p.document], 'INVOICE', which_series, m.number,
             look.prefix || lpad(m.number::text, greatest(look.digits, length(m.number::text)), '0') || look.suffix,
             case when b.is_covered then 'PAID' else 'FINAL' end,
             w.organization_id, w.id, w.currency, currency_decimals, begins_at, ends_at, seller.id, y.id,
             coalesce(y.name, o.name), coalesce(y.email, o.billing_email), coalesce(y.country, o.country), p.net, p.document_tax,
             greatest(p.newest, running.newest), happened, actor_name, case when b.is_covered then happened end
        from placed p
       cross join lateral (select look.next_number + p.document - 1 as number) m
        join wallet w on w.id = p.wallet_id
        left join organization o on o.id = w.organization_id
        left join lateral (
          select b.id, b.name, b.email, b.country
            from invoice_buyer b
           where b.organization_id = w.organization_id
           order by b.id desc
           limit 1) y on true
       cross join (select max(s.id) as id from invoice_seller s) seller
       cross join lateral (
         select coalesce(max(r.id), 0) as newest,
                coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)) filter (where r.month_ends_at > ends_at), 0) as amount
           from rated_period r
          where r.wallet_id = p.wallet_id and r.open) running
       cross join lateral (
         select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0) as amount
           from rated_period r
          where r.wallet_id = p.wallet_id and not r.open and r.month_ends_at > ends_at) ended
       cross join lateral (
         select round(p.net + p.document_tax, currency_decimals) - p.net - p.document_taken as more) rounding
       cross join lateral (select w.balance - rounding.more + running.amount + ended.amount >= 0 as is_covered) b
       where p.place = 1
      returning id
    )
    select (select count(*) from written), count(*), coalesce(sum(l.net), 0)
      into documents, written_lines, amount
      from lines l;

    if documents > 0 then
        first_number := look.next_number;
        update invoice_series set next_number = next_number + documents where id = which_series;
        perform settle_rounding(ids[1:documents], 'invoice-rounding:' || which_series || ':' || first_number, actor_name, happened);
    end if;
end $$;

-- A wallet got money: its open documents are paid, the oldest first, as far as what it holds without the hours of later months is not
-- below zero, which is what a document is paid by when it is issued. The wallet is locked.
create or replace function settle_invoices(which_wallet uuid, happened timestamptz) returns integer
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
declare
    settled integer;
begin
    update invoice v
       set state = 'PAID', paid_at = happened
      from wallet w
     where w.id = which_wallet and v.wallet_id = w.id and v.kind = 'INVOICE' and v.state = 'FINAL'
       and w.balance
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and r.open and r.month_ends_at > v.period_to)
           + (select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0)
                from rated_period r
               where r.wallet_id = which_wallet and not r.open and r.month_ends_at > v.period_to) >= 0;
    get diagnostics settled = row_count;
    return settled;
end $$;
--rollback drop function settle_invoices; drop function issue_invoices; drop function due_lines; drop function gather_items;
