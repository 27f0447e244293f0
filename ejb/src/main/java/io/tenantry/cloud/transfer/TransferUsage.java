package io.tenantry.cloud.transfer;

import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The recent transfer of services, with what their plans include. */
@Stateless
public class TransferUsage {
    private static final String NEW = """
            select a.account
              from (select distinct s.account from service s where s.account is not null) a
             where not exists (select
                                 from work.work_item i
                                where i.kind = ? and i.key = ? || a.account and i.state in ('OPEN', 'PARKED'))
            """;

    /** The latest month for providers that report days; otherwise the latest period. */
    private static final String STANDING = """
            with latest as (
              select * from transfer_period where service_id = ? order by from_at desc limit 1
            )
            select min(p.from_at) as from_at, max(p.to_at) as to_at, sum(p.in_bytes)::bigint as in_bytes,
                   sum(p.out_bytes)::bigint as out_bytes, bool_and(p.exact) as exact, max(p.read_at) as read_at,
                   s.organization_id, n.transfer_gib, n.transfer_unlimited, c.currency, c.per_gib
              from latest l
              join transfer_period p
                on p.service_id = l.service_id
               and (p.from_at = l.from_at
                    or l.to_at - l.from_at < interval '7 days'
                   and date_trunc('month', p.from_at at time zone 'UTC') = date_trunc('month', l.from_at at time zone 'UTC'))
              join service s on s.id = l.service_id
              join plan n on n.id = s.plan_id
              left join lateral (
                select v.currency, v.per_gib
                  from transfer_price v
                 where v.currency = (select w.currency from wallet w where w.organization_id = s.organization_id and w.closed_at is null)
                   and v.valid_from <= l.from_at
                   and l.exact
                 order by v.valid_from desc
                 limit 1) c on true
             group by s.organization_id, n.transfer_gib, n.transfer_unlimited, c.currency, c.per_gib
            """;

    private static final long GIB = 1L << 30;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    WorkItems items;

    /** For the container. */
    public TransferUsage() {}

    /** For use outside a container. */
    TransferUsage(Sql sql, Access access, WorkItems items) {
        this.sql = sql;
        this.access = access;
        this.items = items;
    }

    /**
     * The transfer of a service in the provider's latest period.
     *
     * @param includedBytes outbound transfer included in its plan per month; meaningless if unlimited
     * @param isUnlimited whether its plan includes all outbound transfer, so that it is free
     * @param isExact whether the provider meters, as opposed to estimating
     * @param readAt time of the last reading, by the ledger's clock
     * @param perGib the price of the overage of all services of the organization together; empty if it is free
     */
    public record TransferStatus(
            Instant from,
            Instant to,
            long inBytes,
            long outBytes,
            long includedBytes,
            boolean isUnlimited,
            boolean isExact,
            Instant readAt,
            Optional<Money> perGib) {}

    /**
     * Schedules the metering of accounts that are not metered yet; from then on, it repeats automatically. Requires no permission: called by a
     * timer.
     */
    public int begin() {
        var fresh = sql.query(NEW, row -> row.text("account"), MeteringHandler.KIND, WorkItems.ROUND);
        fresh.forEach(account -> items.write(
                MeteringHandler.KIND,
                WorkItems.ROUND + account,
                UUID.nameUUIDFromBytes((MeteringHandler.KIND + account).getBytes(StandardCharsets.UTF_8))));
        if (sql.first("select 1 as one from transfer_price limit 1", row -> true)
                .isPresent()) {
            items.write(OverageBillingHandler.KIND, OverageBillingHandler.KEY, OverageBillingHandler.SUBJECT);
            items.write(UsageAlertHandler.KIND, OverageBillingHandler.KEY, OverageBillingHandler.SUBJECT);
        }
        return fresh.size();
    }

    /**
     * Returns the transfer of a service; empty if its provider has reported nothing so far, or the current user may not see it.
     *
     * @throws io.tenantry.people.identity.NotFoundException if the service is not visible to the current user
     */
    public Optional<TransferStatus> of(UUID serviceId) {
        return sql.first(STANDING, row -> Map.entry(row.uuid("organization_id"), status(row)), serviceId)
                .filter(found -> maySee(found.getKey()))
                .map(Map.Entry::getValue);
    }

    private boolean maySee(UUID organization) {
        access.requireIn(organization, Permission.VPS_VIEW);
        return access.allowsIn(organization, Permission.EGRESS_VIEW);
    }

    private static TransferStatus status(Row row) {
        return new TransferStatus(
                row.instant("from_at"),
                row.instant("to_at"),
                row.big("in_bytes"),
                row.big("out_bytes"),
                row.whole("transfer_gib") * GIB,
                row.flag("transfer_unlimited"),
                row.flag("exact"),
                row.instant("read_at"),
                row.maybeDecimal("per_gib")
                        .filter(price -> !row.flag("transfer_unlimited"))
                        .map(price -> new Money(price, Currency.getInstance(row.text("currency")))));
    }
}
