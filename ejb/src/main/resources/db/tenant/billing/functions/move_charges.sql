--liquibase formatted sql

--changeset wallet:move_charges runOnChange:true splitStatements:false
-- Takes amounts from wallets: one journal entry, a posting for each wallet, the counter-postings to REVENUE and, for the tax, to TAX, the balances,
-- and a wallet_event for each threshold crossed. The wallets are locked by the caller, so a row is updated where it was found (ctid). Its plan is
-- created once per connection and schema, regardless of the driver's statement cache. Planner choices must not depend on stale statistics: it must
-- never read a whole table for a batch, nor compile a statement for longer than it runs, so only index look-ups are enabled.
--
-- Arguments: which, charges: wallets, all of one currency, and the amount charged to each with its tax; positive, in the wallets' currency
--            watch: whether thresholds are checked
--            entry_source, entry_key: source and idempotency key of the journal entry
--            effective: business time of the entry
--            actor_name: the actor
--            occurred_at: time of posting, by the application's clock
--            tax_taken: tax within the sum of charges
--            cost_added: by how much the cost per hour of each wallet rises, with its tax
-- Called by: charging.ChargingSql, function charge_due, function activate_service
create or replace function move_charges(
    which uuid[], charges numeric[], watch boolean, entry_source text, entry_key text, effective timestamptz,
    actor_name text, occurred_at timestamptz, tax_taken numeric default 0, cost_added numeric default 0) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
    accounts uuid[];
    currencies text[];
    amounts numeric[];
    balances numeric[];
    taken numeric;
begin
    with standing as (
      select s.charged,
             w.ctid as place,
             w.id,
             w.balance_status,
             b.balance,
             w.hourly_cost + cost_added as burn,
             -- state after the charge: 0 ok, 1 low, 2 empty, 3 beyond the credit limit
             case when not watch then w.balance_status
                  when b.balance < -w.credit_limit then 3
                  when b.balance < 0 or b.balance = 0 and w.hourly_cost + cost_added > 0 then 2
                  when b.balance < (w.hourly_cost + cost_added) * y.low_hours then 1
                  else 0 end as level
        from unnest(which, charges) as s (wallet_id, charged)
        join wallet w on w.id = s.wallet_id
       cross join lateral (select w.balance - s.charged as balance) b
       cross join (select max(low_hours) as low_hours from wallet_policy) y
    ),
    moved as (
      update wallet w
         set balance = s.balance,
             version = w.version + case when s.charged = 0 then 0 else 1 end,
             balance_status = s.level,
             hourly_cost = s.burn
        from standing s
       where w.ctid = s.place
      returning w.id, w.currency, w.balance, s.charged
    ),
    crossed as (
      insert into wallet_event (wallet_id, kind, balance, hourly_cost, at)
      select s.id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, occurred_at
        from standing s
       cross join generate_series(s.balance_status + 1, s.level) v (l)
       where s.level > s.balance_status
       order by s.id, v.l
    )
    select array_agg(m.id), array_agg(m.currency::text), array_agg(-m.charged), array_agg(m.balance), sum(m.charged)
      into accounts, currencies, amounts, balances, taken
      from moved m
     where m.charged <> 0;

    if accounts is null then
        return;
    end if;
    if taken <> tax_taken then
        accounts := accounts || (select a.id from ledger_account a where a.kind = 'REVENUE' and a.currency = currencies[1]::char(3));
        currencies := currencies || currencies[1];
        amounts := amounts || taken - tax_taken;
    end if;
    if tax_taken <> 0 then
        accounts := accounts || (select a.id from ledger_account a where a.kind = 'TAX' and a.currency = currencies[1]::char(3));
        currencies := currencies || currencies[1];
        amounts := amounts || tax_taken;
    end if;
    perform post_entry('CHARGE', entry_source, entry_key, effective, occurred_at, actor_name, null, accounts, currencies, amounts, balances);
end $$;
