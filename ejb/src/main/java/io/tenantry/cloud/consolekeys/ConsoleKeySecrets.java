package io.tenantry.cloud.consolekeys;

import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Reencryption;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Reseals the key pairs of services. */
@ApplicationScoped
public class ConsoleKeySecrets implements SecretStore {
    @Inject
    ConsoleKeyRepository records;

    @Inject
    Vault vault;

    /** For the container. */
    public ConsoleKeySecrets() {}

    /** For use outside a container. */
    public ConsoleKeySecrets(ConsoleKeyRepository records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    @Override
    public Count reencrypt() {
        var reencryption = new Reencryption(vault);
        for (var storedKey : records.all()) {
            reencryption.seal(
                    EncryptedSecret.parse(storedKey.pair()),
                    storedKey.place(),
                    reencrypted -> records.reseal(storedKey, reencrypted.text()));
        }
        return reencryption.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
