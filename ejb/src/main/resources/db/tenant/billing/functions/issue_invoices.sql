--liquibase formatted sql

--changeset invoicing:issue_invoices runOnChange:true splitStatements:false
-- Issues a month's documents for the next wallets of a range. Wallets are locked first, in id order, so that nothing is charged meanwhile; then the
-- series. A wallet waits if it is parked, has uncharged hours of the month, or a currency without a rate; one that already has the month's document,
-- or whose document would be negative, is skipped. A document in another currency than the books keeps its conversion rate. A document not covered by
-- the balance gets a due date. Its plan is created once per connection and schema, regardless of the driver's statement cache. Planner choices must
-- not depend on stale statistics: it must never read a whole table for a batch, nor compile a statement for longer than it runs, so only index
-- look-ups are enabled.
--
-- Arguments: after_wallet, to_wallet, batch: the range, exclusive and inclusive, and the maximum number of wallets
--            begins_at, ends_at: the month
--            which_series: series of the numbers
--            home, home_decimals: currency of the books, and its decimals
--            currencies, rates, rate_days, rate_sources: further currencies, units of each for one of home, and the source of the rates
--            actor_name, occurred_at: as of move_charges
--            issued_on: the day in the reseller's zone from which payment days are counted
-- Returns: last_wallet, is_last: as of charge_wallets
--          documents, written_lines: number of documents and lines issued
--          amount: their net sum in the currency of the books; documents in others are converted at their rate
--          waiting: wallets that cannot have their document yet
--          first_number: of the documents issued
--          wallets: number of wallets examined
-- Errors: foreign_key_violation: no series % of invoices
-- Called by: invoicing.Invoicing
create or replace function issue_invoices(
    after_wallet uuid, to_wallet uuid, batch integer, begins_at timestamptz, ends_at timestamptz, which_series uuid,
    home text, home_decimals integer, currencies text[], rates numeric[], rate_days date[], rate_sources text[],
    actor_name text, occurred_at timestamptz, issued_on date,
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
    -- The first month of documents does not change while some are issued.
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
                                    where p.wallet_id = w.id and p.open and p.month_ends_at < month_bound(ends_at)
                                      and p.charged_until < p.month_ends_at) as ready
              from unnest(found_wallets) as f (id)
              join wallet w on w.id = f.id
             where not exists (select from invoice v
                                where v.wallet_id = w.id and v.kind = 'INVOICE' and v.period_to >= ends_at)) c;
    if ready_wallets is null then
        return;
    end if;

    select s.next_number, s.prefix, s.digits, s.suffix into look
      from invoice_number_sequence s
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
             sum(u.tax) over (partition by u.wallet_id, u.tax_id) as charged,
             row_number() over (partition by u.wallet_id, u.tax_id) as nth
        from due u
    ),
    -- tax is computed from the month's total, once for each tax treatment
    calculated as (
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
        from calculated u
    ),
    lines as (
      insert into invoice_line (invoice_id, position, kind, subject_id, name, what, from_at, to_at, quantity, unit, unit_price,
                                surcharge, amount, rated_period_id, item_id, tax_id, tax_included, tax)
      select ids[p.document], p.place, p.kind, p.subject_id, p.name, p.what, p.from_at, p.to_at, p.quantity, p.unit, p.unit_price,
             p.surcharge, p.amount, p.rated_period_id, p.item_id, p.tax_id, p.tax_included, p.tax
        from placed p
      returning 1
    ),
    taxes as (
      insert into invoice_tax (invoice_id, tax_id, base, charged, tax)
      select ids[p.document], p.tax_id, p.base, p.charged, p.owed
        from placed p
       where p.owed is not null
    ),
    written as (
      insert into invoice (id, kind, series_id, number, number_text, state, organization_id, wallet_id, currency, decimals,
                           period_from, period_to, seller_id, buyer_id, buyer_name, buyer_email, buyer_country, net, tax,
                           through_period, issued_at, issued_by, prepaid, open_amount, paid_at, due_on)
      select ids[p.document], 'INVOICE', which_series, m.number,
             look.prefix || lpad(m.number::text, greatest(look.digits, length(m.number::text)), '0') || look.suffix,
             case when b.is_covered then 'PAID' else 'FINAL' end,
             w.organization_id, w.id, w.currency, p.decimals, begins_at, ends_at, seller.id, y.id,
             coalesce(y.name, o.name), coalesce(y.email, o.billing_email), coalesce(y.country, o.country), p.net, p.document_tax,
             greatest(p.newest, running.newest), occurred_at, actor_name, case when b.is_covered then t.total else 0 end,
             case when b.is_covered then 0 else t.total end, case when b.is_covered then occurred_at end,
             case when not b.is_covered then issued_on + current_payment_days() end
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
         select coalesce(max(r.id), 0) as newest
           from rated_period r
          where r.wallet_id = p.wallet_id and r.open) running
       cross join lateral (select round(p.net, p.decimals) + p.document_tax as total) t
       cross join lateral (select t.total = 0 or w.balance - (t.total - p.net - p.document_taken) >= 0 as is_covered) b
       where p.place = 1
      returning id
    ),
    rated as (
      insert into invoice_exchange_rate (invoice_id, home, decimals, per_base_currency, day, source)
      select ids[p.document], home, home_decimals, r.rate, r.day, r.source
        from placed p
        join wallet w on w.id = p.wallet_id and w.currency <> home
        join unnest(currencies, rates, rate_days, rate_sources) as r (currency, rate, day, source) on r.currency = w.currency
       where p.place = 1
    )
    select (select count(*) from written), (select count(*) from lines), coalesce(sum(round(p.net / coalesce(r.rate, 1), 8)), 0)
      into documents, written_lines, amount
      from placed p
      join wallet w on w.id = p.wallet_id
      left join unnest(currencies, rates) as r (currency, rate) on r.currency = w.currency and w.currency <> home
     where p.place = 1;

    if documents > 0 then
        first_number := look.next_number;
        update invoice_number_sequence set next_number = next_number + documents where id = which_series;
        perform settle_rounding(ids[1:documents], 'invoice-rounding:' || which_series || ':' || first_number, actor_name, occurred_at);
        perform settle_issued(ids[1:documents], occurred_at);
    end if;
end $$;
