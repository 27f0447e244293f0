-- A wallet below its credit limit has alert level 3, one at or below zero has 2, one above zero has 1 or 0.
select s.id as wallet_id,
       format('balance %s, credit limit %s, alert %s', s.balance, s.credit_limit, s.alert) as detail
  from (select w.id,
               w.balance,
               w.credit_limit,
               w.alert,
               case when w.balance < -w.credit_limit then w.alert = 3
                    when w.balance < 0 then w.alert = 2
                    when w.balance = 0 then w.alert in (0, 2)
                    else w.alert in (0, 1) end as agrees
          from wallet w) s
 where not s.agrees
