-- A running slice has one holder with a lease and a fencing token, and no two slices of a run share a wallet.
select null::uuid as wallet_id,
       format('slice %s (%s of run %s, %s): node %s, fence %s, lease until %s, wallets after %s', s.id, s.no, s.run_id,
              s.state, s.node, s.fence, s.lease_until, s.after_wallet) as detail
  from (select c.*,
               count(*) over (partition by c.run_id, c.no) as alike,
               lag(c.to_wallet) over in_run as to_before,
               lag(c.id) over in_run as id_before
          from work.charging_run r
          join work.charging_slice c on c.run_id = r.id
         where r.tenant = replace(substr(current_schema(), 3), '_', '-')
        window in_run as (partition by c.run_id order by c.no, c.id)) s
 where s.state = 'RUNNING' and (s.node is null or s.lease_until is null or s.fence < 1)
    or s.alike > 1
    or s.id_before is not null and (s.to_before is null or s.after_wallet is null or s.after_wallet < s.to_before)
