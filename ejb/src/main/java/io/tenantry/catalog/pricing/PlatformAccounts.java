package io.tenantry.catalog.pricing;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Which of the provider accounts that resellers use belong to the platform. What runs in one of these costs the reseller the wholesale price;
 * in the reseller's own account it costs the platform's fees only. Only operators assign accounts, effective immediately. In the scope of the
 * platform.
 */
@Stateless
public class PlatformAccounts {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    @Inject
    ProviderCosts costs;

    @Inject
    ResellerAccountDirectory books;

    /** For the container. */
    public PlatformAccounts() {}

    /** For use outside a container. */
    PlatformAccounts(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            TenantDirectory tenants,
            ProviderCosts costs,
            ResellerAccountDirectory books) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
        this.costs = costs;
        this.books = books;
    }

    /** Returns the accounts that a reseller uses. */
    public List<ProviderCosts.Account> of(TenantId tenant) {
        access.require(Permission.PLATFORM_TENANTS_VIEW);
        var unused = tenants.byId(tenant)
                .filter(Tenant::isThere)
                .orElseThrow(() -> new NotFoundException("reseller", tenant));
        return costs.accounts(tenant, clock.instant());
    }

    /** The result of a change. */
    public sealed interface Outcome {
        /** The change is in effect. */
        record Done() implements Outcome {}

        /** Nothing had to be changed. */
        record Unchanged() implements Outcome {}

        /** These are sold or still run in the account, but have no wholesale price. */
        record Unpriced(List<PriceKey> keys) implements Outcome {}
    }

    /**
     * Assigns a provider account to the platform or back to its reseller, effective now. Assigning it to the platform requires a wholesale
     * price for every plan that is sold, still has servers in it, or is about to get one by a resize, and for every add-on that is on offer or
     * still runs in it. Other changes to what the reseller sells wait until it is done.
     */
    public Outcome provide(TenantId tenant, UUID providerAccount, boolean provided) {
        access.require(Permission.PLATFORM_TENANTS_MANAGE);
        var known = tenants.byId(tenant)
                .filter(Tenant::isThere)
                .orElseThrow(() -> new NotFoundException("reseller", tenant));
        var reseller = books.account(known);
        books.lockAccount(reseller);
        WholesalePrices.lock(sql, tenant);
        var now = clock.instant();
        var account = costs.accounts(tenant, now).stream()
                .filter(one -> one.id().equals(providerAccount))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("provider account", providerAccount));
        if (account.isPlatforms() == provided) {
            return new Outcome.Unchanged();
        }
        var missing = provided ? costs.missing(tenant, providerAccount, now) : List.<PriceKey>of();
        if (!missing.isEmpty()) {
            return new Outcome.Unpriced(missing);
        }
        sql.update(
                """
                insert into platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)
                values (?, ?, ?, ?, ?, ?)
                """,
                reseller,
                providerAccount,
                provided,
                now,
                now,
                Actors.require().name());
        audit.record(
                provided ? "provider_account.provided" : "provider_account.returned",
                "tenant",
                tenant.value(),
                Map.of("account", account.name(), "provider", account.provider()));
        return new Outcome.Done();
    }
}
