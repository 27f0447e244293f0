package io.tenantry.settlement;

import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/** The details of a settlement line, in the reseller's own schema. Checks no permission: {@link SettlementQuery} does. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class SettlementLineDetails {
    private static final String OF_LINE = """
              from settled_period s
              join rated_period p on p.id = s.rated_period_id
              join price_version v on v.id = p.price_version_id
              left join addon_price_v f on f.id = v.addon_price_id
              left join service_v own on own.id = p.service_id
              left join addon_v o on o.id = p.service_id
              left join service_v host on host.id = o.service_id
             where s.month = ? and s.of_month = ? and s.provider = ? and coalesce(v.plan_id::text, f.kind) = ?
            """;

    private static final String SERVICES = """
            select p.service_id, coalesce(own.name, nullif(o.name, ''), host.name, '') as name, sum(p.hours)::bigint as hours,
                   sum(s.revenue) as revenue, sum(s.wholesale) as wholesale
            ${of}
             group by 1, 2
             order by sum(s.revenue) - sum(s.wholesale) desc, 2, 1
             limit ? offset ?
            """.replace("${of}", OF_LINE);

    private static final String HOURS = """
            select p.id, p.starts_at, p.charged_until, p.hours, p.currency, p.hourly, p.surcharge, v.version, v.monthly,
                   v.wholesale_monthly as typed, s.revenue, s.wholesale,
                   array(select w.hours || ' ' || w.monthly from settled_price w
                          where w.rated_period_id = p.id and w.segment > 0
                          order by w.segment) as pieces
            ${of}
               and p.service_id = ?
             order by p.id
            """.replace("${of}", OF_LINE);

    @Inject
    Sql sql;

    /**
     * The subject of a line.
     *
     * @param settled the month of the settlement
     * @param month the month in which it happened
     * @param subject the plan's id, or the kind of add-on
     */
    public record Subject(YearMonth settled, YearMonth month, String provider, String subject, Currency currency) {}

    /** A service or add-on and its revenue. */
    public record Sold(UUID id, String name, long hours, Money revenue, Money wholesale) {
        public Money margin() {
            return revenue.minus(wholesale);
        }
    }

    /** The wholesale price per hour, and the number of hours. */
    public record LineQuery(int hours, Money hourly) {
        private LineQuery plus(int more) {
            return new LineQuery(hours + more, hourly);
        }
    }

    /**
     * A rated period and its revenue.
     *
     * @param version of the price at which it was charged
     * @param hourly the rate charged to the customer, in the customer's currency
     * @param asked the wholesale prices at which it was settled, in sequence
     */
    public record Hours(
            Instant from,
            Instant to,
            int hours,
            int version,
            Money hourly,
            List<LineQuery> asked,
            Money revenue,
            Money wholesale) {
        public Hours {
            asked = List.copyOf(asked);
        }

        public Money margin() {
            return revenue.minus(wholesale);
        }
    }

    /** Returns a page of the services of a line, the greatest margin first. */
    public List<Sold> services(Scope scope, Subject subject, int rows, int after) {
        var currency = subject.currency();
        return Tenancy.in(
                scope,
                () -> sql.query(
                        SERVICES,
                        row -> new Sold(
                                row.uuid("service_id"),
                                row.text("name"),
                                row.big("hours"),
                                new Money(row.decimal("revenue"), currency),
                                new Money(row.decimal("wholesale"), currency)),
                        subject.settled().atDay(1),
                        subject.month().atDay(1),
                        subject.provider(),
                        subject.subject(),
                        rows,
                        after));
    }

    /** Returns the rated periods of a service of a line. */
    public List<Hours> hours(Scope scope, Subject subject, UUID service) {
        var currency = subject.currency();
        return Tenancy.in(
                scope,
                () -> sql.query(
                        HOURS,
                        row -> hours(row, currency),
                        subject.settled().atDay(1),
                        subject.month().atDay(1),
                        subject.provider(),
                        subject.subject(),
                        service));
    }

    private static Hours hours(Row row, Currency currency) {
        return new Hours(
                row.instant("starts_at"),
                row.instant("charged_until"),
                row.whole("hours"),
                row.whole("version"),
                new Money(row.decimal("hourly"), Currency.getInstance(row.text("currency"))),
                asked(row, currency),
                new Money(row.decimal("revenue"), currency),
                new Money(row.decimal("wholesale"), currency));
    }

    /**
     * Piece by piece, with equal prices combined; months that were settled before there were price lists have only the price entered by hand.
     */
    private static List<LineQuery> asked(Row row, Currency currency) {
        var all = new ArrayList<LineQuery>();
        for (var piece : row.texts("pieces")) {
            var parts = piece.split(" ", 2);
            var hours = Integer.parseInt(parts[0]);
            var hourly = hourly(new BigDecimal(parts[1]), currency);
            var last = all.size() - 1;
            if (last >= 0 && all.get(last).hourly().equals(hourly)) {
                all.set(last, all.get(last).plus(hours));
            } else {
                all.add(new LineQuery(hours, hourly));
            }
        }
        return all.isEmpty() ? List.of(new LineQuery(row.whole("hours"), hourly(row.decimal("typed"), currency))) : all;
    }

    private static Money hourly(BigDecimal monthly, Currency currency) {
        return HourlyRate.ofMonthly(new Money(monthly, currency)).perHour();
    }
}
