package io.tenantry.cloud.consolekeys;

import io.tenantry.cloud.consolekeys.ConsoleKeyRepository.StoredKey;
import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Vault;
import io.tenantry.kernel.ssh.SshKeyPair;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.util.Optional;
import java.util.UUID;

/**
 * The key pair of each service. The public key must be among {@code ServerSpec.keys} whenever the service's server is created or rebuilt; the private
 * key is sealed, and opened only to log in. Requires no permission: called by use cases that have checked it.
 */
@ApplicationScoped
public class ConsoleKeys {
    /** Identifies no person, since customers see it in their authorized_keys. */
    private static final String COMMENT = "console";

    @Inject
    ConsoleKeyRepository records;

    @Inject
    Vault vault;

    /** For the container. */
    public ConsoleKeys() {}

    /** For use outside a container. */
    public ConsoleKeys(ConsoleKeyRepository records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    /**
     * Returns the public key as a line of authorized_keys: created on the first call, and the same from then on. Empty where nothing can be
     * sealed and thus stored: such servers have no console.
     */
    public Optional<String> publicKey(UUID serviceId) {
        var known = records.of(serviceId);
        if (known.isPresent() || !vault.isReady()) {
            return known.map(StoredKey::publicKey);
        }
        var pair = SshKeyPair.make();
        var encryptedSecret = vault.seal(SshKeyPair.write(pair), StoredKey.place(serviceId));
        var made = new StoredKey(serviceId, SshKeyPair.line(pair, COMMENT), encryptedSecret.text());
        return Optional.of(records.keep(made).publicKey());
    }

    /**
     * Returns both keys; empty if the service has none.
     *
     * @throws io.tenantry.kernel.secret.VaultException if the key that sealed it is missing
     */
    public Optional<KeyPair> pair(UUID serviceId) {
        return records.of(serviceId)
                .map(storedKey ->
                        SshKeyPair.read(vault.open(EncryptedSecret.parse(storedKey.pair()), storedKey.place())));
    }
}
