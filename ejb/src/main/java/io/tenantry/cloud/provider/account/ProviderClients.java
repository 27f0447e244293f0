package io.tenantry.cloud.provider.account;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.secret.VaultException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Opens accounts of the current tenant. A client is cached while its credentials stay the same, since it remembers until when the provider
 * accepts no requests; the cache is local to the node and can be lost.
 */
@ApplicationScoped
public class ProviderClients {
    private static final int KEPT_MAX = 500;

    @Inject
    ProviderAccountRepository records;

    @Inject
    ProviderChoices providerChoices;

    @Inject
    Vault vault;

    private final Map<String, OpenedClient> opened = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, OpenedClient> eldest) {
            return size() > KEPT_MAX;
        }
    };

    /** An open account. */
    public static final class OpenedClient {
        private final ProviderClient providerClient;
        private final String token;

        OpenedClient(ProviderClient providerClient, String token) {
            this.providerClient = providerClient;
            this.token = token;
        }

        public ProviderClient provider() {
            return providerClient;
        }

        /** Returns the provider's message, with the token masked if it is repeated there. */
        public String masked(String words) {
            return words.replace(token, "\u2026");
        }
    }

    /**
     * Returns the client of an account, enabled or not: existing resources must be managed in any case. Sends nothing.
     *
     * @throws io.tenantry.people.identity.NotFoundException if the tenant has no account with that ID
     * @throws ProviderFailure if its credentials cannot be unsealed; nothing was done
     */
    public ProviderClient open(UUID id) {
        return open(records.kept(id)).provider();
    }

    /** Does the same as {@link #open(UUID)}, for an account that was read before. */
    public OpenedClient open(ProviderAccountRepository.StoredAccount storedAccount) {
        var key = storedAccount.place() + "/" + storedAccount.credentials();
        synchronized (opened) {
            return opened.computeIfAbsent(key, unknown -> fresh(storedAccount));
        }
    }

    private OpenedClient fresh(ProviderAccountRepository.StoredAccount storedAccount) {
        var provider = providerChoices
                .of(storedAccount.provider())
                .orElseThrow(() -> new ProviderFailure(
                        Reason.FORBIDDEN, "provider " + storedAccount.provider() + " no longer exists"));
        var token = token(storedAccount);
        return new OpenedClient(provider.open(new Credentials(base(storedAccount, provider), token)), token);
    }

    private static URI base(ProviderAccountRepository.StoredAccount storedAccount, Provider provider) {
        return storedAccount
                .base()
                .map(URI::create)
                .or(provider::base)
                .orElseThrow(() -> new ProviderFailure(
                        Reason.FORBIDDEN, "account " + storedAccount.id() + " has no panel address"));
    }

    private String token(ProviderAccountRepository.StoredAccount storedAccount) {
        try {
            return vault.open(EncryptedSecret.parse(storedAccount.credentials()), storedAccount.place());
        } catch (VaultException locked) {
            throw new ProviderFailure(
                    Reason.CREDENTIALS, String.valueOf(locked.getMessage()), Optional.empty(), locked);
        }
    }
}
