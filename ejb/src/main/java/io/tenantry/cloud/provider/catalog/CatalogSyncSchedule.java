package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.tenancy.Sql;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkItems;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;

/**
 * The transactions of the daily catalog sync. Each method is one transaction of the tenant, and writes nothing unless the work item is still
 * held.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CatalogSyncSchedule {
    private static final String NEW = """
            select a.id
              from provider_account a
             where not exists (select
                                 from work.work_item i
                                where i.kind = ? and i.key = ? || a.id::text and i.state in ('OPEN', 'PARKED'))
            """;

    @Inject
    Sql sql;

    @Inject
    WorkItems items;

    @Inject
    ProviderAccountRepository records;

    @Inject
    CatalogSync taking;

    /** For the container. */
    public CatalogSyncSchedule() {}

    /** For use outside a container. */
    CatalogSyncSchedule(Sql sql, WorkItems items, ProviderAccountRepository records, CatalogSync taking) {
        this.sql = sql;
        this.items = items;
        this.records = records;
        this.taking = taking;
    }

    /**
     * Schedules accounts that have no sync yet, starting a day later, since a new account is read manually. Requires no permission: called by a
     * timer.
     */
    public int begin() {
        var fresh = sql.query(NEW, row -> row.uuid("id"), CatalogSyncHandler.KIND, WorkItems.ROUND);
        fresh.forEach(
                account -> items.write(CatalogSyncHandler.KIND, keyOf(account), account, CatalogSyncHandler.EVERY));
        return fresh.size();
    }

    /** Returns the account; empty if it no longer exists. */
    public Optional<ProviderAccountRepository.StoredAccount> account(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.find(claimedWorkItem.subject().toString());
    }

    /** Stores a complete catalog; repeated with the same catalog, it changes nothing and sends no second notification. */
    public CatalogSync.Count take(
            ClaimedWorkItem claimedWorkItem,
            ProviderAccountRepository.StoredAccount account,
            ProviderCatalog providerCatalog) {
        items.hold(claimedWorkItem);
        return taking.take(account, providerCatalog);
    }

    private static String keyOf(UUID account) {
        return WorkItems.ROUND + account;
    }
}
