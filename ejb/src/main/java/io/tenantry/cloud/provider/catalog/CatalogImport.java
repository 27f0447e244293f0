package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.InteractiveTimeout;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
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
public class CatalogImport {
    /** Long lists have many pages; whoever clicked waits that long for all of them. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Access access;

    @Inject
    ProviderClients providerClients;

    @Inject
    ProviderAccountRepository records;

    @Inject
    CatalogSync taking;

    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    ExecutorService executor;

    /** How reading ended. */
    public sealed interface Outcome {
        /** It is written down. */
        record Taken(CatalogSync.Count count) implements Outcome {}

        /** The vendor did not say; what was known before is as it was. */
        record Failed(ConnectionTestResult verdict) implements Outcome {}
    }

    /** Reads what the account's vendor sells now. */
    public Outcome take(UUID accountId) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var storedAccount = records.kept(accountId);
        ProviderClients.Opened account;
        try {
            account = providerClients.open(storedAccount);
        } catch (ProviderFailure shut) {
            return failed(storedAccount, shut, String.valueOf(shut.getMessage()));
        }
        ProviderCatalog providerCatalog;
        try {
            providerCatalog = new InteractiveTimeout(executor, PATIENCE).ask(account.provider()::catalogue);
        } catch (ProviderFailure failure) {
            return failed(storedAccount, failure, account.masked(String.valueOf(failure.getMessage())));
        }
        return new Outcome.Taken(taking.take(storedAccount, providerCatalog));
    }

    private Outcome failed(
            ProviderAccountRepository.StoredAccount storedAccount, ProviderFailure failure, String words) {
        var connectionTestResult = ConnectionTestResult.of(failure);
        records.tested(storedAccount, connectionTestResult, words);
        return new Outcome.Failed(connectionTestResult);
    }
}
