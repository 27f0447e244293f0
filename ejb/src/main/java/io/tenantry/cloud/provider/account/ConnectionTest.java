package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Tests the credentials of an account. The provider is called outside of any transaction; the result is stored in one afterwards. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConnectionTest {
    /** The longest time that a person waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    Access access;

    @Inject
    ProviderClients providerClients;

    @Inject
    ProviderAccountRepository records;

    @Inject
    InteractiveCalls interactiveCalls;

    /** Tests the account, waiting for the provider for a bounded time, and returns the result. */
    public ConnectionTestResult check(UUID id) {
        return check(id, PATIENCE);
    }

    ConnectionTestResult check(UUID id, Duration limit) {
        access.require(Permission.STAFF_PROVIDERS_MANAGE);
        var storedAccount = records.kept(id);
        try {
            var account = providerClients.open(storedAccount);
            return noted(storedAccount, account, limit);
        } catch (ProviderFailure locked) {
            return noted(storedAccount, ConnectionTestResult.of(locked), String.valueOf(locked.getMessage()));
        }
    }

    private ConnectionTestResult noted(
            ProviderAccountRepository.StoredAccount storedAccount,
            ProviderClients.OpenedClient account,
            Duration limit) {
        try {
            var answer = interactiveCalls.ask(storedAccount.id().toString(), limit, account.provider()::check);
            return noted(storedAccount, ConnectionTestResult.WORKS, account.masked(answer));
        } catch (ProviderFailure failure) {
            return noted(
                    storedAccount,
                    ConnectionTestResult.of(failure),
                    account.masked(String.valueOf(failure.getMessage())));
        }
    }

    private ConnectionTestResult noted(
            ProviderAccountRepository.StoredAccount storedAccount,
            ConnectionTestResult connectionTestResult,
            String words) {
        records.tested(storedAccount, connectionTestResult, words);
        return connectionTestResult;
    }
}
