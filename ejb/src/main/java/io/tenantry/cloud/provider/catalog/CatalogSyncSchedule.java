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
 * What is written down around the daily reading of what a vendor sells. Each step is a transaction of the tenant, and writes nothing unless
 * the item is still held.
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
     * Has accounts read of which nobody sees to that yet, from a day on: whoever has just connected one reads it by hand. Asks for no right:
     * part of a timer.
     */
    public int begin() {
        var fresh = sql.query(NEW, row -> row.uuid("id"), CatalogSyncHandler.KIND, WorkItems.ROUND);
        fresh.forEach(
                account -> items.write(CatalogSyncHandler.KIND, keyOf(account), account, CatalogSyncHandler.EVERY));
        return fresh.size();
    }

    /** The account; empty if there is none any more. */
    public Optional<ProviderAccountRepository.StoredAccount> account(ClaimedWorkItem claimedWorkItem) {
        items.hold(claimedWorkItem);
        return records.find(claimedWorkItem.subject().toString());
    }

    /** Notes what a whole list says; again, it says nothing new, and nobody is told twice. */
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
