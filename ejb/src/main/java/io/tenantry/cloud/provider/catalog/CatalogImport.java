package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.InteractiveCalls;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.cloud.provider.account.ProviderClients;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Reads a provider's catalog, to the last page and outside of any transaction, and stores it in one transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CatalogImport {
    /** The longest time that a person waits for all pages of long lists. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Access access;

    @Inject
    ProviderClients providerClients;

    @Inject
    ProviderAccountRepository records;

    @Inject
    CatalogSync taking;

    @Inject
    InteractiveCalls interactiveCalls;

    /** The outcome of reading. */
    public sealed interface Outcome {
        /** The catalog was stored. */
        record Taken(CatalogSync.Count count) implements Outcome {}

        /** The provider did not answer properly; the stored catalog is unchanged. */
        record Failed(ConnectionTestResult verdict) implements Outcome {}
    }

    /** Reads the current catalog of the account's provider. */
    public Outcome take(UUID accountId) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var storedAccount = records.kept(accountId);
        ProviderClients.OpenedClient account;
        try {
            account = providerClients.open(storedAccount);
        } catch (ProviderFailure shut) {
            return failed(storedAccount, shut, String.valueOf(shut.getMessage()));
        }
        ProviderCatalog providerCatalog;
        try {
            providerCatalog = interactiveCalls.ask(accountId.toString(), PATIENCE, account.provider()::readCatalog);
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
