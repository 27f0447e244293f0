--liquibase formatted sql

--changeset invoicing:0017 splitStatements:false
--comment Until when a document is to be paid of which something is left to be paid.
alter table document_template add column payment_days integer;
alter table document_template add constraint document_template_payment_ck check (payment_days between 0 and 120);
comment on column document_template.payment_days is 'so many days after its issue a document is to be paid; null: what holds where nothing was said';

create function payment_days_in_force() returns integer language sql stable as $$
    select coalesce((select payment_days from document_template order by version desc limit 1), 14)
$$;
comment on function payment_days_in_force is 'so many days after its issue a document is to be paid by the template in force; 14 where nothing was said';

alter table invoice add column due_on date;
comment on column invoice.due_on is 'the last day on which it can be paid in time, in the reseller''s zone; null: its balance paid it when it was issued, it is a credit note, or it was issued before there were terms of payment';
alter table invoice add constraint invoice_due_ck check (
    due_on is null
    or kind in ('INVOICE', 'DEBIT_NOTE')
       and due_on between (issued_at at time zone 'UTC')::date - 1 and (issued_at at time zone 'UTC')::date + 121);
-- Those that were open before have none. They can be paid or made void, and no other is written without.
alter table invoice add constraint invoice_open_due_ck check (
    due_on is not null or state <> 'FINAL' or kind not in ('INVOICE', 'DEBIT_NOTE')) not valid;
--rollback alter table invoice drop column due_on; drop function payment_days_in_force; alter table document_template drop column payment_days;

--changeset invoicing:0018 splitStatements:false
--comment Documents of a month that the balance does not pay have a due date, by the terms in force.

-- Issues the documents of a month for the next wallets of a range. Wallets are locked first, in id order, so that nothing is
-- charged meanwhile, and the series after them. A wallet that is parked, or has hours of the month that are not charged yet,
-- waits; one that has the month's document is left alone, and so is one that would be given money. A document in another currency than
-- that of the books keeps at which rate it is told in that; a wallet in a currency of which no rate is given waits. issued_on: the day
-- in the reseller's zone, from which the days to pay are counted.
drop function if exists issue_invoices(uuid, uuid, integer, timestamptz, timestamptz, uuid, text, integer, text[], numeric[], date[], text[], text, timestamptz);
create or replace function issue_invoices(
    after_wallet uuid, to_wallet uuid, batch integer, begins_at timestamptz, ends_at timestamptz, which_series uuid,
    home text, home_decimals integer, currencies text[], rates numeric[], rate_days date[], rate_sources text[],
    actor_name text, happened timestamptz, issued_on date,
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
                   and (w.currency = home or w.currency = any (currencies)
                        or not exists (select from due_lines(array[w.id], ends_at)))
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
      select d.*, case when d.tax_included then d.amount - d.tax else d.amount end as bare,
             case when cardinality(currencies) = 0 then home_decimals
                  else (select coalesce(c.decimals, home_decimals)
                          from wallet w
                          left join sales_currency c on c.code = w.currency
                         where w.id = d.wallet_id) end as decimals
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
             case when m.tax_id is not null and m.nth = 1 then round(m.base * m.tax_rate, m.decimals) end as owed
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
                           through_period, issued_at, issued_by, paid_at, due_on)
      select ids[p.document], 'INVOICE', which_series, m.number,
             look.prefix || lpad(m.number::text, greatest(look.digits, length(m.number::text)), '0') || look.suffix,
             case when b.is_covered then 'PAID' else 'FINAL' end,
             w.organization_id, w.id, w.currency, p.decimals, begins_at, ends_at, seller.id, y.id,
             coalesce(y.name, o.name), coalesce(y.email, o.billing_email), coalesce(y.country, o.country), p.net, p.document_tax,
             greatest(p.newest, running.newest), happened, actor_name, case when b.is_covered then happened end,
             case when not b.is_covered then issued_on + payment_days_in_force() end
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
         select round(p.net + p.document_tax, p.decimals) - p.net - p.document_taken as more) rounding
       cross join lateral (select w.balance - rounding.more + running.amount + ended.amount >= 0 as is_covered) b
       where p.place = 1
      returning id
    ),
    rated as (
      insert into invoice_rate (invoice_id, home, decimals, per_home, day, source)
      select ids[p.document], home, home_decimals, r.rate, r.day, r.source
        from placed p
        join wallet w on w.id = p.wallet_id and w.currency <> home
        join unnest(currencies, rates, rate_days, rate_sources) as r (currency, rate, day, source) on r.currency = w.currency
       where p.place = 1
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
--rollback drop function issue_invoices(uuid, uuid, integer, timestamptz, timestamptz, uuid, text, integer, text[], numeric[], date[], text[], text, timestamptz, date);
--rollback create or replace function issue_invoices(
--rollback     after_wallet uuid, to_wallet uuid, batch integer, begins_at timestamptz, ends_at timestamptz, which_series uuid,
--rollback     home text, home_decimals integer, currencies text[], rates numeric[], rate_days date[], rate_sources text[],
--rollback     actor_name text, happened timestamptz,
--rollback     out last_wallet uuid, out is_last boolean, out documents integer, out written_lines integer, out amount numeric,
--rollback     out waiting integer, out first_number bigint, out wallets integer)
--rollback language plpgsql
--rollback set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
--rollback set plan_cache_mode = force_generic_plan
--rollback as $$
--rollback #variable_conflict use_column
--rollback declare
--rollback     found_wallets uuid[];
--rollback     ready_wallets uuid[];
--rollback     ids uuid[];
--rollback     look record;
--rollback begin
--rollback     documents := 0;
--rollback     written_lines := 0;
--rollback     amount := 0;
--rollback     first_number := 0;
--rollback     -- With which month documents begin is not changed while some are issued.
--rollback     perform from invoice_policy for share;
--rollback     select array_agg(l.id order by l.id)
--rollback       into found_wallets
--rollback       from (select w.id
--rollback               from wallet w
--rollback              where w.id > after_wallet and w.id <= to_wallet
--rollback              order by w.id
--rollback              limit batch + 1
--rollback                for no key update) l;
--rollback     is_last := coalesce(cardinality(found_wallets), 0) <= batch;
--rollback     if not is_last then
--rollback         found_wallets := found_wallets[1:batch];
--rollback     end if;
--rollback     wallets := coalesce(cardinality(found_wallets), 0);
--rollback     last_wallet := found_wallets[wallets];
--rollback
--rollback     select array_agg(c.id) filter (where c.ready), count(*) filter (where not c.ready)
--rollback       into ready_wallets, waiting
--rollback       from (select w.id,
--rollback                    w.parked is null
--rollback                    and (w.currency = home or w.currency = any (currencies)
--rollback                         or not exists (select from due_lines(array[w.id], ends_at)))
--rollback                    and not exists (select from rated_period p
--rollback                                     where p.wallet_id = w.id and p.open and p.month_ends_at <= ends_at
--rollback                                       and p.charged_until < p.month_ends_at) as ready
--rollback               from unnest(found_wallets) as f (id)
--rollback               join wallet w on w.id = f.id
--rollback              where not exists (select from invoice v
--rollback                                 where v.wallet_id = w.id and v.kind = 'INVOICE' and v.period_to >= ends_at)) c;
--rollback     if ready_wallets is null then
--rollback         return;
--rollback     end if;
--rollback
--rollback     select s.next_number, s.prefix, s.digits, s.suffix into look
--rollback       from invoice_series s
--rollback      where s.id = which_series and s.kind = 'INVOICE'
--rollback        for update;
--rollback     if not found then
--rollback         raise exception 'no series % of invoices', which_series using errcode = 'foreign_key_violation';
--rollback     end if;
--rollback     ids := (select array_agg(gen_random_uuid()) from generate_series(1, cardinality(ready_wallets)));
--rollback
--rollback     with due as (
--rollback       select d.*, case when d.tax_included then d.amount - d.tax else d.amount end as bare,
--rollback              case when cardinality(currencies) = 0 then home_decimals
--rollback                   else (select coalesce(c.decimals, home_decimals)
--rollback                           from wallet w
--rollback                           left join sales_currency c on c.code = w.currency
--rollback                          where w.id = d.wallet_id) end as decimals
--rollback         from due_lines(ready_wallets, ends_at) d
--rollback     ),
--rollback     summed as (
--rollback       select u.*,
--rollback              sum(u.bare) over (partition by u.wallet_id) as net,
--rollback              coalesce(max(u.rated_period_id) over (partition by u.wallet_id), 0) as newest,
--rollback              sum(u.bare) over (partition by u.wallet_id, u.tax_id) as base,
--rollback              sum(u.tax) over (partition by u.wallet_id, u.tax_id) as taken,
--rollback              row_number() over (partition by u.wallet_id, u.tax_id) as nth
--rollback         from due u
--rollback     ),
--rollback     -- tax is reckoned from what a month comes to, once for each way in which it is taxed
--rollback     reckoned as (
--rollback       select m.*,
--rollback              case when m.tax_id is not null and m.nth = 1 then round(m.base * m.tax_rate, m.decimals) end as owed
--rollback         from summed m
--rollback        where m.net >= 0
--rollback     ),
--rollback     placed as (
--rollback       select u.*,
--rollback              dense_rank() over (order by u.wallet_id)::integer as document,
--rollback              coalesce(sum(u.owed) over (partition by u.wallet_id), 0) as document_tax,
--rollback              sum(u.tax) over (partition by u.wallet_id) as document_taken,
--rollback              row_number() over (
--rollback                partition by u.wallet_id
--rollback                order by u.name, u.subject_id, u.from_at, u.rated_period_id, u.item_id)::integer as place
--rollback         from reckoned u
--rollback     ),
--rollback     lines as (
--rollback       insert into invoice_line (invoice_id, position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price,
--rollback                                 surcharge, amount, rated_period_id, item_id, tax_id, tax_included, tax)
--rollback       select ids[p.document], p.place, p.kind, p.subject_id, p.name, p.what, p.from_at, p.to_at, p.quantity, p.unit, p.unit_price,
--rollback              p.surcharge, p.amount, p.rated_period_id, p.item_id, p.tax_id, p.tax_included, p.tax
--rollback         from placed p
--rollback       returning net
--rollback     ),
--rollback     taxes as (
--rollback       insert into invoice_tax (invoice_id, tax_id, base, taken, tax)
--rollback       select ids[p.document], p.tax_id, p.base, p.taken, p.owed
--rollback         from placed p
--rollback        where p.owed is not null
--rollback     ),
--rollback     written as (
--rollback       insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
--rollback                            period_from, period_to, seller_id, buyer_id, buyer_name, buyer_email, buyer_country, net, tax,
--rollback                            through_period, issued_at, issued_by, paid_at)
--rollback       select ids[p.document], 'INVOICE', which_series, m.number,
--rollback              look.prefix || lpad(m.number::text, greatest(look.digits, length(m.number::text)), '0') || look.suffix,
--rollback              case when b.is_covered then 'PAID' else 'FINAL' end,
--rollback              w.organization_id, w.id, w.currency, p.decimals, begins_at, ends_at, seller.id, y.id,
--rollback              coalesce(y.name, o.name), coalesce(y.email, o.billing_email), coalesce(y.country, o.country), p.net, p.document_tax,
--rollback              greatest(p.newest, running.newest), happened, actor_name, case when b.is_covered then happened end
--rollback         from placed p
--rollback        cross join lateral (select look.next_number + p.document - 1 as number) m
--rollback         join wallet w on w.id = p.wallet_id
--rollback         left join organization o on o.id = w.organization_id
--rollback         left join lateral (
--rollback           select b.id, b.name, b.email, b.country
--rollback             from invoice_buyer b
--rollback            where b.organization_id = w.organization_id
--rollback            order by b.id desc
--rollback            limit 1) y on true
--rollback        cross join (select max(s.id) as id from invoice_seller s) seller
--rollback        cross join lateral (
--rollback          select coalesce(max(r.id), 0) as newest,
--rollback                 coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)) filter (where r.month_ends_at > ends_at), 0) as amount
--rollback            from rated_period r
--rollback           where r.wallet_id = p.wallet_id and r.open) running
--rollback        cross join lateral (
--rollback          select coalesce(sum(with_tax(r.amount, r.tax_rate, r.tax_included)), 0) as amount
--rollback            from rated_period r
--rollback           where r.wallet_id = p.wallet_id and not r.open and r.month_ends_at > ends_at) ended
--rollback        cross join lateral (
--rollback          select round(p.net + p.document_tax, p.decimals) - p.net - p.document_taken as more) rounding
--rollback        cross join lateral (select w.balance - rounding.more + running.amount + ended.amount >= 0 as is_covered) b
--rollback        where p.place = 1
--rollback       returning id
--rollback     ),
--rollback     rated as (
--rollback       insert into invoice_rate (invoice_id, home, decimals, per_home, day, source)
--rollback       select ids[p.document], home, home_decimals, r.rate, r.day, r.source
--rollback         from placed p
--rollback         join wallet w on w.id = p.wallet_id and w.currency <> home
--rollback         join unnest(currencies, rates, rate_days, rate_sources) as r (currency, rate, day, source) on r.currency = w.currency
--rollback        where p.place = 1
--rollback     )
--rollback     select (select count(*) from written), count(*), coalesce(sum(l.net), 0)
--rollback       into documents, written_lines, amount
--rollback       from lines l;
--rollback
--rollback     if documents > 0 then
--rollback         first_number := look.next_number;
--rollback         update invoice_series set next_number = next_number + documents where id = which_series;
--rollback         perform settle_rounding(ids[1:documents], 'invoice-rounding:' || which_series || ':' || first_number, actor_name, happened);
--rollback     end if;
--rollback end $$;;
