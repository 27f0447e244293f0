package io.tenantry.catalog.pricing;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.UUID;

/**
 * What a reseller's schema knows of provider accounts and provider prices, read for the platform in a separate transaction. Changes nothing.
 * Checks no permission: {@link PlatformAccounts} and {@link PriceListPrefill} do.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ProviderCosts {
    private static final String ACCOUNTS = """
            select a.id, a.name, a.provider, a.state = 'ON' as is_on,
                   coalesce((select o.provided from platform.platform_provider_account o
                              where o.provider_account_id = a.id and o.from_at <= ?
                              order by o.from_at desc, o.id desc limit 1), false) as provided,
                   (select count(*)::int from plan_source_v s join plan_v p on p.id = s.plan_id and p.state <> 'RETIRED'
                     where s.account_id = a.id) as plans
              from provider_account_v a
             order by lower(a.name)
            """;

    private static final String COSTS = """
            select a.provider, z.code, p.region, p.currency, p.monthly
              from provider_price_v p
              join provider_size_v z on z.id = p.size_id and z.removed_at is null
              join provider_account_v a on a.id = z.account_id
             where z.account_id = ?
             order by z.code, p.region
            """;

    @Inject
    Sql sql;

    @Inject
    WholesalePrices wholesale;

    /**
     * A provider account that a reseller uses.
     *
     * @param isPlatforms whether it belongs to the platform now
     * @param plans the number of plans made in it that are not retired
     */
    public record Account(UUID id, String name, String provider, boolean isOn, boolean isPlatforms, int plans)
            implements Serializable {}

    /** A provider's price for a size, in its currency; without a region it applies wherever there is no separate price. */
    public record Cost(PriceKey key, Money monthly) {}

    /** Returns all accounts that a reseller uses. */
    public List<Account> accounts(TenantId tenant, Instant at) {
        return Tenancy.in(
                tenant,
                () -> sql.query(
                        ACCOUNTS,
                        row -> new Account(
                                row.uuid("id"),
                                row.text("name"),
                                row.text("provider"),
                                row.flag("is_on"),
                                row.flag("provided"),
                                row.whole("plans")),
                        at));
    }

    /** Returns the provider's prices of an account, as last read. */
    public List<Cost> costs(TenantId tenant, UUID accountId) {
        return Tenancy.in(
                tenant,
                () -> sql.query(
                        COSTS,
                        row -> new Cost(
                                new PriceKey(
                                        PriceKey.Kind.PLAN, row.text("provider"), row.text("code"), row.text("region")),
                                new Money(row.decimal("monthly"), Currency.getInstance(row.text("currency")))),
                        accountId));
    }

    /** Returns the sizes and add-ons that are sold or still run in an account and have no wholesale price. */
    public List<PriceKey> missing(TenantId tenant, UUID accountId, Instant at) {
        return Tenancy.in(tenant, () -> wholesale.missingIn(accountId, at));
    }
}
