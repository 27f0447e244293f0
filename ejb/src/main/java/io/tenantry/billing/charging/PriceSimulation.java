package io.tenantry.billing.charging;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Computes what charging would have charged for the same hours at other prices: applies the rule of {@link Rating} to all rated periods of a
 * month at once, without writing anything. A test compares it with the charges that actually result from the other prices.
 *
 * <p>A service's successive periods in a month add up to the least of all caps and sums: the running sum, reduced by any excess over a cap at
 * each period. The hours are those that were charged. A price change charges its rise for the hour in progress again, at the other prices: it
 * may have been a fall. Whether an hour was in progress is not recorded, so it is assumed, unless no rise was charged: then the change was
 * between two hours.
 */
public final class PriceSimulation {
    /**
     * Clause that precedes a statement reading {@code each_period}: with the actual and the simulated charge, each without tax.
     *
     * <p>Parameters: the alternative monthly price of each plan, by its id, or of a unit of an add-on, by its kind; the end of the previous
     * month and of the month; the currency; the factor for all other prices, and the number of decimals to which these are rounded, or as many
     * as the price had.
     */
    private static final String EACH_PERIOD = """
            with other as (
              select subject, monthly from unnest(?::text[], ?::numeric[]) o (subject, monthly)
            ),
            asked as (
              select ?::timestamptz as after, ?::timestamptz as until, ?::text as currency, ?::numeric as factor, ?::integer as digits
            ),
            price as (
              select v.id, coalesce(v.plan_id::text, f.kind) as subject, m.monthly, hourly_of(m.monthly) as hourly
                from asked a
                join price_version v on v.currency = a.currency
                left join addon_price_v f on f.id = v.addon_price_id
                left join other o on o.subject = coalesce(v.plan_id::text, f.kind)
               cross join lateral (select coalesce(f.monthly, v.monthly) as unit, coalesce(v.quantity, 1) as quantity) u
               cross join lateral (
                 select case when o.monthly is not null then o.monthly * u.quantity
                             when a.factor = 1 then v.monthly
                             else round(u.unit * a.factor, greatest(a.digits, min_scale(u.unit))) * u.quantity end as monthly) m
            ),
            life as (
              select p.id, p.service_id, p.month_ends_at, p.wallet_id, p.hours, p.hourly as hourly_was, p.surcharge as rise_was,
                     p.amount as was, p.tax_rate, p.tax_included, n.subject, n.hourly, n.monthly,
                     count(*) filter (where p.hours > 0) over (partition by p.service_id, p.month_ends_at order by p.id) as hour
                from asked a
                join rated_period p on p.month_ends_at >= month_bound(a.after) and p.month_ends_at < month_bound(a.until) and p.currency = a.currency
                join price n on n.id = p.price_version_id
            ),
            highest as (
              select l.*, max(l.hourly_was) over of_hour as highest_was, max(l.hourly) over of_hour as highest
                from life l
              window of_hour as (partition by l.service_id, l.month_ends_at, l.hour order by l.id)
            ),
            following as (
              select h.*, lag(h.highest_was) over each as before_was, lag(h.highest) over each as before,
                     max(h.monthly) over each as cap
                from highest h
              window each as (partition by h.service_id, h.month_ends_at order by h.id)
            ),
            summed as (
              select f.*,
                     sum(f.hours * f.hourly
                         + case when f.before is null or f.hourly_was > f.before_was and f.rise_was = 0 then 0
                                else greatest(0, f.hourly - f.before) end)
                       over (partition by f.service_id, f.month_ends_at order by f.id) as so_far
                from following f
            ),
            capped as (
              select s.*,
                     s.so_far + least(0, min(s.cap - s.so_far)
                                           over (partition by s.service_id, s.month_ends_at order by s.id)) as charged
                from summed s
            ),
            calculated as (
              select c.*,
                     c.charged - coalesce(lag(c.charged) over (partition by c.service_id, c.month_ends_at order by c.id), 0) as would
                from capped c
            ),
            each_period as (
              select r.id, r.service_id, r.wallet_id, r.subject, r.was, r.would,
                     case when r.tax_included then r.was - tax_part(r.was, r.tax_rate, true) else r.was end as net_was,
                     case when r.tax_included then r.would - tax_part(r.would, r.tax_rate, true) else r.would end as net_would
                from calculated r
            )
            """;

    private PriceSimulation() {}

    /**
     * The hours, and the prices to apply.
     *
     * @param after the end of the previous month
     * @param until the end of the month
     * @param factor by which prices are multiplied
     * @param digits to which they are rounded then, unless a price itself has more
     * @param monthly alternative prices: by the plan's id, or by the kind of add-on that a unit is of
     */
    public record Terms(
            Instant after,
            Instant until,
            String currency,
            BigDecimal factor,
            int digits,
            Map<String, BigDecimal> monthly) {
        public Terms {
            monthly = Map.copyOf(monthly);
        }
    }

    /**
     * Queries each rated period.
     *
     * @param question a statement, starting with the comma or {@code select} that follows the clause with {@code each_period}
     * @param more its own parameters
     */
    public static <T> List<T> query(Sql sql, Terms terms, String question, Function<Row, T> reader, Object... more) {
        var entries = List.copyOf(terms.monthly().entrySet());
        var subjects = entries.stream().map(Map.Entry::getKey).toArray(String[]::new);
        var prices =
                entries.stream().map(entry -> entry.getValue().toPlainString()).toArray(String[]::new);
        var parameters = Stream.concat(
                        Stream.<Object>of(
                                subjects,
                                prices,
                                terms.after(),
                                terms.until(),
                                terms.currency(),
                                terms.factor(),
                                terms.digits()),
                        Arrays.stream(more))
                .toArray();
        return sql.query(EACH_PERIOD + question, reader, parameters);
    }
}
