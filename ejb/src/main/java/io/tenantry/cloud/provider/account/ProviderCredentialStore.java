package io.tenantry.cloud.provider.account;

import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Reencryption;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Reseals the credentials of accounts. */
@ApplicationScoped
public class ProviderCredentialStore implements SecretStore {
    @Inject
    ProviderAccountRepository records;

    @Inject
    Vault vault;

    @Override
    public Count reencrypt() {
        var reencryption = new Reencryption(vault);
        for (var storedAccount : records.all()) {
            reencryption.seal(
                    EncryptedSecret.parse(storedAccount.credentials()),
                    storedAccount.place(),
                    reencrypted -> records.reseal(storedAccount, reencrypted.text()));
        }
        return reencryption.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
