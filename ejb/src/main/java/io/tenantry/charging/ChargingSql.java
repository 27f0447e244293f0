package io.tenantry.charging;

/**
 * The statements of charging. Each is a head that extends rated periods and a common tail that moves the money: one journal
 * entry, a posting per wallet, the counter-posting to revenue, the balances. Head and tail are one statement, so that nothing
 * can come between. Every wallet they touch is locked by the transaction beforehand, so a row that was found is where it was
 * found ({@code ctid}), and is updated there without a second search.
 *
 * <p>Nothing in them lets the planner guess many rows where there are few (the policy's one row, at most three thresholds): it
 * would read every wallet to charge one.
 *
 * <p>Hours are counted in double precision, which is several times faster than numeric and exact here: a whole number of hours
 * is divided without remainder, and a microsecond more is 3e-10 of an hour, far above the error of 100 years of hours. Money is
 * never anything but numeric.
 */
final class ChargingSql {
    /**
     * Keeps the planner on index look-ups: it must never decide, from stale statistics, to read a whole table per batch, nor
     * to compile the statement for longer than it runs.
     */
    static final String STEADY_PLANS = """
            select set_config('enable_hashjoin', 'off', true),
                   set_config('enable_mergejoin', 'off', true),
                   set_config('enable_seqscan', 'off', true),
                   set_config('jit', 'off', true)
            """;

    /**
     * The next wallets of a slice that have something running, locked in id order, and whether they are in order; one more than
     * asked for if there are more. Looked up in the index of open periods, so that wallets with nothing running cost nothing, however many there are.
     */
    static final String LOCK_WALLETS = """
            with next as (
              select distinct p.wallet_id
                from rated_period p
               where p.wallet_id > ?
                 and p.wallet_id <= ?
                 and p.open
               order by p.wallet_id
               limit ?
            )
            select w.id, w.parked is null chargeable
              from next n
              join wallet w on w.id = n.wallet_id
             order by n.wallet_id
               for no key update of w
            """;

    private static final String DUE = """
            with due as (
              select p.ctid as place,
                     p.amount,
                     h.more,
                     p.charged_until + h.more * interval '1 hour' < ? rolls
                from rated_period p
               cross join lateral (
                 select greatest(0, ceil(
                          date_part('epoch', least(?, p.month_ends_at) - p.charged_until) / 3600))::int more) h
               where p.${which}
                 and p.open
                 and p.charged_until < ?
            ),
            extended as (
              update rated_period p
                 set hours = p.hours + d.more,
                     charged_until = p.charged_until + d.more * interval '1 hour',
                     amount = least(p.cap, p.surcharge + (p.hours + d.more) * p.hourly)
                from due d
               where p.ctid = d.place
                 and d.more > 0
              returning p.wallet_id, p.amount - d.amount charged, d.more
            ),
            """;

    private static final String MOVE_MONEY = """
            sums as (
              select e.wallet_id, sum(e.charged) charged, count(*) services, sum(e.more) hours
                from extended e
               group by e.wallet_id
            ),
            standing as (
              select s.*,
                     w.ctid as place,
                     w.alert,
                     b.balance,
                     w.burn_per_hour burn,
                     ${level} as level
                from sums s
                join wallet w on w.id = s.wallet_id
               cross join lateral (select w.balance - s.charged balance) b
               cross join (select max(low_hours) low_hours from wallet_policy) y
            ),
            moved as (
              update wallet w
                 set balance = s.balance,
                     version = w.version + case when s.charged = 0 then 0 else 1 end,
                     alert = s.level
                from standing s
               where w.ctid = s.place
              returning w.id, w.currency, w.balance, s.charged
            ),
            entry as (
              insert into journal_entry (kind, source, idempotency_key, effective_at, posted_at, actor)
              select 'CHARGE', ?, ?, ?, ?, ?
               where exists (select from moved where charged <> 0)
              returning id
            ),
            posted as (
              insert into posting (entry_id, account_id, currency, amount, balance_after)
              select e.id, m.id, m.currency, -m.charged, m.balance
                from entry e
               cross join moved m
               where m.charged <> 0
              union all
              select e.id, a.id, a.currency, t.charged, null
                from entry e
               cross join (select currency, sum(charged) charged from moved group by currency) t
                join ledger_account a on a.kind = 'REVENUE' and a.currency = t.currency
            ),
            crossed as (
              insert into wallet_event (wallet_id, kind, balance, burn_per_hour, at)
              select s.wallet_id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, ?
                from standing s
               cross join generate_series(s.alert + 1, s.level) v (l)
               where s.level > s.alert
               order by s.wallet_id, v.l
            )
            select count(*)::int wallets,
                   coalesce(sum(services), 0)::int services,
                   coalesce(sum(hours), 0)::bigint hours,
                   coalesce(sum(charged), 0) amount,
                   ${rolls} as rolls
              from sums
            """;

    /** How a wallet stands after the charge: 0 fine, 1 low, 2 empty, 3 beyond the credit limit. */
    private static final String LEVEL = """
            case when b.balance < -w.credit_limit then 3
                 when b.balance <= 0 then 2
                 when b.balance < w.burn_per_hour * y.low_hours then 1
                 else 0 end
            """;

    private static final String ROLLS = "(select count(*) from due where rolls)::int";

    /** Charges all that is due of many wallets. */
    static final String CHARGE_WALLETS = which(DUE, "wallet_id = any (?)") + money(LEVEL, ROLLS);

    /** Charges all that is due of one service; how its wallet stands is looked at afterwards. */
    static final String CHARGE_SERVICE = which(DUE, "service_id = ?") + money("w.alert", ROLLS);

    /** Opens the period that follows a change of price, and charges its surcharge. */
    static final String OPEN_CHANGED = """
            with extended as (
              insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                        month_ends_at, charged_until, surcharge, month_cap, cap, amount)
              select o.service_id, o.wallet_id, v.id, v.currency, v.hourly, o.charged_until,
                     o.month_ends_at, o.charged_until, greatest(0, v.hourly - o.hourly),
                     greatest(o.month_cap, v.monthly),
                     greatest(o.month_cap, v.monthly) - (o.month_cap - o.cap + o.amount),
                     least(greatest(o.month_cap, v.monthly) - (o.month_cap - o.cap + o.amount),
                           greatest(0, v.hourly - o.hourly))
                from rated_period o, price_version v
               where o.id = ? and v.id = ?
              returning wallet_id, amount charged, 0 more
            ),
            """ + money("w.alert", "0");

    /** Ends periods whose month is over and opens those of the next month. */
    private static final String ROLL = """
            with ended as (
              update rated_period
                 set open = false
               where ${which}
                 and open
                 and charged_until >= month_ends_at
                 and charged_until < ?
              returning service_id, wallet_id, price_version_id, currency, hourly, charged_until
            )
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                      month_ends_at, charged_until, month_cap, cap)
            select e.service_id, e.wallet_id, e.price_version_id, e.currency, e.hourly, e.charged_until,
                   (date_trunc('month', e.charged_until at time zone z.zone) + interval '1 month') at time zone z.zone,
                   e.charged_until, v.monthly, v.monthly
              from ended e
              join price_version v on v.id = e.price_version_id
             cross join (select ?::text as zone) z
            """;

    static final String ROLL_WALLETS = which(ROLL, "wallet_id = any (?)");
    static final String ROLL_SERVICE = which(ROLL, "service_id = ?");

    /** The first period of a service. */
    static final String OPEN_FIRST = """
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                      month_ends_at, charged_until, month_cap, cap)
            select s.service, w.id, v.id, v.currency, v.hourly, s.at,
                   (date_trunc('month', s.at at time zone s.zone) + interval '1 month') at time zone s.zone,
                   s.at, v.monthly, v.monthly
              from (select ?::uuid as service, ?::timestamptz as at, ?::text as zone) s
              join wallet w on w.id = ?
              join price_version v on v.id = ? and v.currency = w.currency
            """;

    /** Looks again at what a wallet pays an hour and how it stands, and tells of each threshold crossed. */
    static final String LOOK_AT_WALLET = """
            with standing as (
              select w.id,
                     w.alert,
                     w.balance,
                     b.burn,
                     case when w.balance < -w.credit_limit then 3
                          when w.balance <= 0 and (b.burn > 0 or w.balance < 0) then 2
                          when w.balance < b.burn * y.low_hours then 1
                          else 0 end as level
                from wallet w
               cross join (select max(low_hours) low_hours from wallet_policy) y
               cross join lateral (
                 select coalesce(sum(p.hourly), 0) burn from rated_period p where p.wallet_id = w.id and p.open) b
               where w.id = ?
            ),
            looked as (
              update wallet w
                 set alert = s.level, burn_per_hour = s.burn
                from standing s
               where w.id = s.id
                 and (s.level <> s.alert or s.burn <> w.burn_per_hour)
            )
            insert into wallet_event (wallet_id, kind, balance, burn_per_hour, at)
            select s.id, (array['LOW', 'EMPTY', 'OVER_LIMIT'])[v.l], s.balance, s.burn, ?
              from standing s
              join (values (1), (2), (3)) v (l) on v.l > s.alert and v.l <= s.level
            union all
            select s.id, 'RECOVERED', s.balance, s.burn, ?
              from standing s
             where s.level = 0 and s.alert > 0
            """;

    private ChargingSql() {}

    private static String which(String statement, String condition) {
        return statement.replace("${which}", condition);
    }

    private static String money(String level, String rolls) {
        return MOVE_MONEY.replace("${level}", level).replace("${rolls}", rolls);
    }
}
