package io.tenantry.billing.charging;

/** SQL statements of charging. Statements that move money for many services at once are functions of the tenant's schema. */
final class ChargingSql {
    /** Charges the next wallets of a slice; they are locked in id order. */
    static final String CHARGE_WALLETS = "select * from charge_wallets(?, ?, ?, ?, ?, ?, ?, ?)";

    /** The same for a claimed slice, whose progress is counted. */
    static final String CHARGE_SLICE = "select * from charge_slice(?, ?, ?::interval, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** Charges a whole run whose wallets fit in a batch. */
    static final String CHARGE_RUN = "select charge_run(?, ?, ?, ?, ?, ?, ?, ?) as outcome";

    /** Charges everything due for one service; the wallet's status is updated afterwards. */
    static final String CHARGE_SERVICE = "select * from charge_due(null, ?, false, ?, ?, ?, ?, ?, ?)";

    /**
     * Opens the period that follows a price change, and charges its surcharge. The last charged hour has cost the highest rate since the period
     * that charged it; once it is over, no hour is in progress for which a rise could be charged. The period keeps the tax of the previous one,
     * unless the price is that of a plan of another category.
     */
    static final String OPEN_CHANGED = """
            with opened as (
              insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                        month_ends_at, charged_until, surcharge, month_cap, cap, amount,
                                        tax_id, tax_rate, tax_included)
              select o.service_id, o.wallet_id, v.id, v.currency, v.hourly, o.charged_until,
                     o.month_ends_at, o.charged_until, r.surcharge, m.month_cap, m.cap, least(m.cap, r.surcharge),
                     t.id, t.rate, t.included
                from rated_period o
                join price_version v on v.id = ?
               cross join lateral tax_after(o.id, v.plan_id, ?) t
               cross join lateral (
                 select greatest(o.month_cap, v.monthly) as month_cap,
                        greatest(o.month_cap, v.monthly) - (o.month_cap - o.cap + o.amount) as cap) m
               cross join lateral (
                 select max(p.hourly) as hourly
                   from rated_period p
                  where p.service_id = o.service_id
                    and p.id <= o.id
                    and p.id >= (select h.id
                                   from rated_period h
                                  where h.service_id = o.service_id and h.id <= o.id and h.hours > 0
                                  order by h.id desc
                                  limit 1)) l
               cross join lateral (
                 select case when o.charged_until > ? then greatest(0, v.hourly - l.hourly) else 0 end as surcharge) r
               where o.id = ?
              returning wallet_id, amount, tax_rate, tax_included
            )
            select move_charges(array[wallet_id], array[with_tax(amount, tax_rate, tax_included)], false, ?, ?, ?, ?, ?,
                                tax_part(amount, tax_rate, tax_included))
              from opened
            """;

    /**
     * Opens the period that follows a pause: at the end of the pause, or at the end of the hour that was in progress when the pause started.
     * Amounts charged before in the same month count towards its cap.
     */
    static final String OPEN_RESUMED = """
            with ended as (
              update charge_pause set resumed_at = ? where service_id = ? and resumed_at is null
              returning closed_id, resumed_at
            )
            insert into rated_period (service_id, wallet_id, price_version_id, currency, hourly, starts_at,
                                      month_ends_at, charged_until, month_cap, cap, tax_id, tax_rate, tax_included)
            select o.service_id, o.wallet_id, v.id, v.currency, v.hourly, b.at,
                   case when m.is_same then o.month_ends_at else month_end(b.at, z.zone) end, b.at, m.cap,
                   m.cap - case when m.is_same then o.month_cap - o.cap + o.amount else 0 end,
                   t.id, t.rate, t.included
              from ended e
              join rated_period o on o.id = e.closed_id
              join service_v s on s.id = o.service_id
              join price_version v on v.id = s.price_version_id
             cross join (select ?::text as zone) z
             cross join lateral (select greatest(e.resumed_at, o.charged_until) as at) b
             cross join lateral (
               select b.at < o.month_ends_at as is_same,
                      case when b.at < o.month_ends_at then greatest(o.month_cap, v.monthly) else v.monthly end as cap) m
             cross join lateral applicable_tax(o.wallet_id, tax_category_of(v.plan_id, o.service_id, b.at), b.at, z.zone) t
            """;

    /** The open period of a service, and the highest rate that applied to its last charged hour. */
    static final String OPEN_PERIOD = """
            select o.starts_at, o.month_ends_at, o.hours, o.currency, o.surcharge, o.month_cap, o.cap, v.monthly,
                   (select max(p.hourly)
                      from rated_period p
                     where p.service_id = o.service_id
                       and p.id <= o.id
                       and p.id >= coalesce((select h.id
                                               from rated_period h
                                              where h.service_id = o.service_id and h.id <= o.id and h.hours > 0
                                              order by h.id desc
                                              limit 1), o.id)) as in_progress
              from rated_period o
              join price_version v on v.id = o.price_version_id
             where o.service_id = ? and o.open
            """;

    /** Opens a service's first period and charges its first hour. */
    static final String ACTIVATE = "select activate_service(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as organization";

    /** Charges a service's last hour and closes its period. */
    static final String END = "select * from end_service(?, ?, ?, ?, ?, ?, ?, ?)";

    /** Updates a wallet's hourly cost and status, and records an event for each threshold crossed. */
    static final String LOOK_AT_WALLET = "select update_balance_status(array[?::uuid], ?)";

    /** Charges everything due for one wallet; the wallet's status is updated afterwards. */
    static final String CHARGE_WALLET = "select * from charge_due(array[?::uuid], null, false, ?, ?, ?, ?, ?, ?)";

    /** Opens new periods for services whose tax changes from an instant on. */
    static final String RETAX_WALLET = "select reprice_tax(?, ?, ?) as periods";

    /** Whether plans are of other categories than the standard one. */
    static final String OF_CATEGORIES = "select exists (select from plan_tax_v) as known";

    /** Whether add-ons of a server are charged. */
    static final String HAS_MORE = """
            select exists (
              select from addon_v o join rated_period p on p.service_id = o.id and p.open where o.service_id = ?) as known
            """;

    private ChargingSql() {}
}
