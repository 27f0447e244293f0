package io.tenantry.cloud.transfer;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The combined transfer of an organization's services and the transfer included in their plans: at present, and in billed periods. */
@Stateless
public class TransferPools {
    private static final String NOW = PoolQuery.OF_ONE + """
            select p.*, c.currency, c.per_gib
              from pool p
              left join lateral (
                select v.currency, v.per_gib
                  from transfer_price v
                 where v.currency = (select w.currency from wallet w where w.organization_id = p.organization_id and w.closed_at is null)
                   and v.valid_from <= p.from_at
                 order by v.valid_from desc
                 limit 1) c on true
             order by p.from_at, p.to_at
            """;

    private static final String PAST = """
            select b.from_at, b.to_at, b.used_bytes::bigint as used, b.included_bytes::bigint as included,
                   coalesce(sum(l.over_bytes), 0)::bigint as beyond, coalesce(sum(l.prepaid_bytes), 0)::bigint as prepaid,
                   coalesce(sum(l.amount), 0) as amount, v.currency
              from transfer_bill b
              join transfer_price v on v.id = b.price_id
              left join transfer_bill_line l on l.bill_id = b.id
             where b.organization_id = ?
             group by b.id, v.currency
             order by b.to_at desc, b.from_at desc
             limit ?
            """;

    private static final int PERCENT_MAX = 999;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    /** For the container. */
    public TransferPools() {}

    /** For use outside a container. */
    TransferPools(Sql sql, Clock clock, Access access) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
    }

    /**
     * A pool in a current period.
     *
     * @param services number of services that have sent anything
     * @param unlimited number of those with an unlimited plan, whose transfer is not counted here
     * @param used bytes that the others have sent so far
     * @param included bytes that their plans include, if they continue until the period's end
     * @param readAt time of the latest reading of one of them
     * @param perGib the price of overage; empty if it is free
     */
    public record PoolStatus(
            Instant from,
            Instant to,
            int services,
            int unlimited,
            long used,
            long included,
            Instant readAt,
            Optional<Money> perGib) {
        /** Returns the transfer beyond what is included. */
        public long beyond() {
            return Math.max(0, used - included);
        }

        /** Whether nothing is counted, since all plans are unlimited. */
        public boolean isUnlimited() {
            return unlimited == services;
        }

        /** Returns the percentage of the included transfer that was used, rounded down. */
        public int percent() {
            if (included == 0) {
                return used == 0 ? 0 : PERCENT_MAX;
            }
            return BigDecimal.valueOf(used)
                    .multiply(BigDecimal.valueOf(100))
                    .divideToIntegralValue(BigDecimal.valueOf(included))
                    .min(BigDecimal.valueOf(PERCENT_MAX))
                    .intValueExact();
        }
    }

    /**
     * A billed period.
     *
     * @param beyond the overage
     * @param prepaid the part of the overage taken from packs
     * @param amount the price of the rest
     */
    public record BilledPeriod(
            Instant from, Instant to, long used, long included, long beyond, long prepaid, Money amount) {}

    /** Returns the present state of its pools: one for each period that its providers use. */
    public List<PoolStatus> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.EGRESS_VIEW);
        var now = clock.instant();
        return sql.query(NOW, TransferPools::status, now, now, organizationId);
    }

    /** Returns the billed periods, the latest first. */
    public List<BilledPeriod> billedPeriods(UUID organizationId, int limit) {
        access.requireIn(organizationId, Permission.EGRESS_VIEW);
        return sql.query(PAST, TransferPools::past, organizationId, Math.min(limit, 100));
    }

    private static PoolStatus status(Row row) {
        return new PoolStatus(
                row.instant("from_at"),
                row.instant("to_at"),
                row.whole("services"),
                row.whole("unlimited"),
                row.big("used"),
                row.big("included"),
                row.instant("read_at"),
                row.maybeDecimal("per_gib").map(price -> new Money(price, Currency.getInstance(row.text("currency")))));
    }

    private static BilledPeriod past(Row row) {
        return new BilledPeriod(
                row.instant("from_at"),
                row.instant("to_at"),
                row.big("used"),
                row.big("included"),
                row.big("beyond"),
                row.big("prepaid"),
                new Money(row.decimal("amount"), Currency.getInstance(row.text("currency"))));
    }
}
