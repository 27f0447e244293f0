-- Every wallet has a ledger account of its currency, and every wallet account has a wallet.
select w.id as wallet_id,
       case when w.id is null then format('account %s has no wallet', a.id)
            when a.id is null then format('wallet %s has no account', w.id)
            else format('wallet %s holds %s, its account %s', w.id, w.currency, a.currency) end as detail
  from wallet w
  full join (select id, currency from ledger_account where kind = 'WALLET') a on a.id = w.id
 where w.id is null
    or a.id is null
    or a.currency <> w.currency
