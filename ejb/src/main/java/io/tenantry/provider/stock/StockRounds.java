package io.tenantry.provider.stock;

import io.tenantry.provider.Catalogue;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.tenancy.Sql;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
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
public class StockRounds {
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
    AccountRecords records;

    @Inject
    StockTaking taking;

    /** For the container. */
    public StockRounds() {}

    /** For use outside a container. */
    StockRounds(Sql sql, WorkItems items, AccountRecords records, StockTaking taking) {
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
        var fresh = sql.query(NEW, row -> row.uuid("id"), ReadStock.KIND, WorkItems.ROUND);
        fresh.forEach(account -> items.write(ReadStock.KIND, keyOf(account), account, ReadStock.EVERY));
        return fresh.size();
    }

    /** The account; empty if there is none any more. */
    public Optional<AccountRecords.Kept> account(Work work) {
        items.hold(work);
        return records.find(work.subject().toString());
    }

    /** Notes what a whole list says; again, it says nothing new, and nobody is told twice. */
    public StockTaking.Count take(Work work, AccountRecords.Kept account, Catalogue catalogue) {
        items.hold(work);
        return taking.take(account, catalogue);
    }

    private static String keyOf(UUID account) {
        return WorkItems.ROUND + account;
    }
}
