package io.tenantry.provider.stock;

import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Accounts;
import io.tenantry.provider.account.Patience;
import io.tenantry.provider.account.Verdict;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** Reads what a vendor sells, to the last page and outside of any transaction, and writes it down in one. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StockImport {
    /** Long lists have many pages; whoever clicked waits that long for all of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Access access;

    @Inject
    Accounts accounts;

    @Inject
    AccountRecords records;

    @Inject
    StockTaking taking;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /** How reading ended. */
    public sealed interface Outcome {
        /** It is written down. */
        record Taken(StockTaking.Count count) implements Outcome {}

        /** The vendor did not say; what was known before is as it was. */
        record Failed(Verdict verdict) implements Outcome {}
    }

    /** Reads what the account's vendor sells now. */
    public Outcome take(UUID accountId) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var kept = records.kept(accountId);
        Accounts.Opened account;
        try {
            account = accounts.open(kept);
        } catch (ProviderFailure shut) {
            return failed(kept, shut, String.valueOf(shut.getMessage()));
        }
        Catalogue catalogue;
        try {
            catalogue = new Patience(executor, PATIENCE).ask(account.provider()::catalogue);
        } catch (ProviderFailure failure) {
            return failed(kept, failure, account.masked(String.valueOf(failure.getMessage())));
        }
        return new Outcome.Taken(taking.take(kept, catalogue));
    }

    private Outcome failed(AccountRecords.Kept kept, ProviderFailure failure, String words) {
        var verdict = Verdict.of(failure);
        records.tested(kept, verdict, words);
        return new Outcome.Failed(verdict);
    }
}
