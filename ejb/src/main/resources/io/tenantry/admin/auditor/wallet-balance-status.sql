-- A wallet below its credit limit has balance_status level 3, one at or below zero has 2, one above zero has 1 or 0.
select s.id as wallet_id,
       format('balance %s, credit limit %s, balance_status %s', s.balance, s.credit_limit, s.balance_status) as detail
  from (select w.id,
               w.balance,
               w.credit_limit,
               w.balance_status,
               case when w.balance < -w.credit_limit then w.balance_status = 3
                    when w.balance < 0 then w.balance_status = 2
                    when w.balance = 0 then w.balance_status in (0, 2)
                    else w.balance_status in (0, 1) end as agrees
          from wallet w) s
 where not s.agrees
