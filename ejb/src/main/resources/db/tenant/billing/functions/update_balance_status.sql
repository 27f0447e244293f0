--liquibase formatted sql

--changeset wallet:update_balance_status runOnChange:true splitStatements:false
-- Recomputes the cost per hour and the balance_status level of wallets, and writes a wallet_event for each threshold crossed, in either direction.
--
-- Arguments: which: wallets, locked by the caller
--            occurred_at: time of the events
-- Called by: charging.ChargingSql, function settle_rounding, function activate_service, function end_service
create or replace function update_balance_status(which uuid[], occurred_at timestamptz) returns void
language plpgsql
set enable_hashjoin = off set enable_mergejoin = off set enable_seqscan = off set jit = off
as $$
#variable_conflict use_column
begin
    with standing as (
      select w.id,
             w.balance_status,
             w.balance,
             b.burn,
             case when w.balance < -w.credit_limit then 3
                  when w.balance <= 0 and (b.burn > 0 or w.balance < 0) then 2
                  when w.balance < b.burn * y.low_hours then 1
                  else 0 end as level
        from wallet w
       cross join (select max(low_hours) low_hours from wallet_policy) y
       cross join lateral (
         select coalesce(sum(with_tax(p.hourly, p.tax_rate, p.tax_included)), 0) burn
           from open_period_v p
          where p.wallet_id = w.id) b
       where w.id = any (which)
    ),
    looked as (
      update wallet w
         set balance_status = s.level, hourly_cost = s.burn
        from standing s
       where w.id = s.id
         and (s.level <> s.balance_status or s.burn <> w.hourly_cost)
    )
    insert into wallet_event (wallet_id, kind, balance, hourly_cost, at)
    select s.id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, occurred_at
      from standing s
      join (values (1), (2), (3)) v (l) on v.l > s.balance_status and v.l <= s.level
    union all
    select s.id, 'RECOVERED', s.balance, s.burn, occurred_at
      from standing s
     where s.level = 0 and s.balance_status > 0;
end $$;
