package io.tenantry.cloud.transfer;

import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.OneTimeCharge;
import io.tenantry.cloud.transfer.TransferPool.OverageShare;
import io.tenantry.cloud.transfer.TransferPool.Share;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Bills the transfer of an organization in one period of its providers, once, some days after its end: what exceeds the transfer included in
 * its plans together is taken from prepaid packs, and charged for the rest. A bill is based on what was known then; values reported later are
 * stored, and cost nothing. Each method is one transaction of the tenant, while the work item is held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OverageBilling {
    /** How long providers may take to report the last values of a period. */
    static final Duration SETTLED_AFTER = Duration.ofDays(2);

    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** Shown in files and API responses; pages translate it. */
    private static final String REASON = "transfer beyond what is included";

    private static final String DUE = """
            select s.organization_id, t.from_at, t.to_at
              from transfer_period t
              join service s on s.id = t.service_id
             where t.exact
               and t.to_at < ?
               and t.to_at > ?
               and exists (select from transfer_price p
                            where p.currency = (select w.currency from wallet w
                                                 where w.organization_id = s.organization_id and w.closed_at is null)
                              and p.valid_from <= t.from_at)
               and not exists (select from transfer_bill b
                                where b.organization_id = s.organization_id and b.from_at = t.from_at and b.to_at = t.to_at)
             group by s.organization_id, t.from_at, t.to_at
             order by t.to_at, s.organization_id
             limit ?
            """;

    /** Periods older than that are not billed: a longer outage is the reseller's loss, and no surprise for customers. */
    private static final Duration SPAN = Duration.ofDays(62);

    /**
     * The transfer included in a plan counts for the time for which the plan was charged, plan by plan. A plan that is unlimited for any hour
     * of the period includes what its service sent, without a remainder; a plan that was given up within the hour counts for nothing.
     */
    private static final String SHARES = """
            select s.id, s.wallet_id, t.out_bytes,
                   case when i.unlimited then t.out_bytes else coalesce(i.included, 0)::bigint end as included
              from transfer_period t
              join service s on s.id = t.service_id
              join wallet w on w.id = s.wallet_id and w.currency = ?
             cross join lateral (
               select floor(sum(n.transfer_gib * 1073741824.0
                                * extract(epoch from least(r.charged_until, t.to_at) - greatest(r.starts_at, t.from_at)))
                            / extract(epoch from t.to_at - t.from_at)) as included,
                      bool_or(n.transfer_unlimited and r.hours > 0) as unlimited
                 from rated_period r
                 join price_version v on v.id = r.price_version_id
                 join plan n on n.id = v.plan_id
                where r.service_id = s.id and r.charged_until > t.from_at and r.starts_at < t.to_at) i
             where s.organization_id = ? and t.from_at = ? and t.to_at = ? and t.exact
               and not exists (select from transfer_bill_line l where l.service_id = s.id and l.from_at = t.from_at)
             order by s.id
            """;

    private static final String PRICE = """
            select p.id, p.currency, p.per_gib
              from wallet w
              join transfer_price p on p.currency = w.currency and p.valid_from <= ?
             where w.organization_id = ? and w.closed_at is null
             order by p.valid_from desc
             limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    WorkItems items;

    @Inject
    ItemCharges itemCharges;

    /** For the container. */
    public OverageBilling() {}

    /** For use outside a container. */
    OverageBilling(Sql sql, Clock clock, WorkItems items, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.items = items;
        this.itemCharges = itemCharges;
    }

    /** A period of an organization's services. */
    public record Period(UUID organizationId, Instant from, Instant to) {}

    private record Price(UUID id, Money perGib) {}

    /** Returns the periods that are over and not billed yet, the earliest first. */
    public List<Period> due(ClaimedWorkItem claimedWorkItem, int limit) {
        items.hold(claimedWorkItem);
        var now = clock.instant();
        return sql.query(
                DUE,
                row -> new Period(row.uuid("organization_id"), row.instant("from_at"), row.instant("to_at")),
                now.minus(SETTLED_AFTER),
                now.minus(SPAN),
                limit);
    }

    /** Bills a period, unless it was billed meanwhile. */
    public void billPeriod(ClaimedWorkItem claimedWorkItem, Period period) {
        items.hold(claimedWorkItem);
        var price = sql.first(PRICE, OverageBilling::price, period.from(), period.organizationId());
        if (price.isEmpty()) {
            return;
        }
        var transferPool = new TransferPool(sql.query(
                SHARES,
                row -> new Share(row.uuid("id"), row.uuid("wallet_id"), row.big("out_bytes"), row.big("included")),
                price.get().perGib().currency(),
                period.organizationId(),
                period.from(),
                period.to()));
        var bill = Ids.next(clock);
        var added = sql.update(
                """
                insert into transfer_bill (id, organization_id, from_at, to_at, price_id, used_bytes, included_bytes, billed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict on constraint transfer_bill_once_uq do nothing
                """,
                bill,
                period.organizationId(),
                period.from(),
                period.to(),
                price.get().id(),
                new BigDecimal(transferPool.used()),
                new BigDecimal(transferPool.included()),
                clock.instant());
        if (added == 1) {
            write(bill, period, price.get(), transferPool.over());
        }
    }

    /** As long as overage is free, packs are not used. */
    private void write(UUID bill, Period period, Price price, List<OverageShare> over) {
        var packs = new PackBalances(sql);
        var uses = price.perGib().isPositive()
                ? PackDrawdown.of(packs.left(period), over)
                : List.<PackDrawdown.PackUse>of();
        over.forEach(one -> line(bill, period, price, one, PackDrawdown.taken(uses, one)));
        uses.forEach(packUse -> packs.note(bill, packUse));
    }

    private void line(UUID bill, Period period, Price price, OverageShare overageShare, long prepaid) {
        var amount = amount(overageShare.bytes() - prepaid, price.perGib());
        var share = overageShare.share();
        sql.update(
                """
                insert into transfer_bill_line (bill_id, service_id, wallet_id, from_at, used_bytes, included_bytes, over_bytes,
                                                prepaid_bytes, currency, amount)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                bill,
                share.serviceId(),
                share.walletId(),
                period.from(),
                share.used(),
                share.included(),
                overageShare.bytes(),
                prepaid,
                amount.currency(),
                amount.amount());
        if (amount.isPositive()) {
            var source = "transfer:" + share.serviceId() + ":" + bill;
            var posted = itemCharges.charge(new OneTimeCharge(
                    share.walletId(), amount, source, REASON, source, Optional.of(share.serviceId())));
            if (posted.isEmpty()) {
                throw new IllegalStateException(source + " was already charged");
            }
        }
    }

    /** Rounded once, to the ledger's eight decimals. */
    static Money amount(long bytes, Money perGib) {
        return new Money(
                perGib.amount().multiply(BigDecimal.valueOf(bytes)).divide(GIB, Money.SCALE, RoundingMode.HALF_UP),
                perGib.currency());
    }

    private static Price price(Row row) {
        return new Price(row.uuid("id"), new Money(row.decimal("per_gib"), Currency.getInstance(row.text("currency"))));
    }
}
