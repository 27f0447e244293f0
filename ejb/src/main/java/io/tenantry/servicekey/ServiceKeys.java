package io.tenantry.servicekey;

import io.tenantry.secret.Sealed;
import io.tenantry.secret.Vault;
import io.tenantry.servicekey.ServiceKeyRecords.Kept;
import io.tenantry.ssh.SshKeyPair;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.KeyPair;
import java.util.Optional;
import java.util.UUID;

/**
 * The pair of keys of each service. The public half is to be among {@code Wish.keys} whenever the service's server is made, or made
 * again; the private half is sealed, and opened only to log in. Asks for no right: part of use cases that did.
 */
@ApplicationScoped
public class ServiceKeys {
    /** Names nobody: customers see it in their authorized_keys. */
    private static final String COMMENT = "console";

    @Inject
    ServiceKeyRecords records;

    @Inject
    Vault vault;

    /** For the container. */
    public ServiceKeys() {}

    /** For use outside a container. */
    public ServiceKeys(ServiceKeyRecords records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    /**
     * The public half, as a line of authorized_keys: made now if there is none yet, and the same ever after. Empty where nothing can be
     * sealed, so nothing can be kept: such servers have no console.
     */
    public Optional<String> publicKey(UUID serviceId) {
        var known = records.of(serviceId);
        if (known.isPresent() || !vault.isReady()) {
            return known.map(Kept::publicKey);
        }
        var pair = SshKeyPair.make();
        var sealed = vault.seal(SshKeyPair.write(pair), Kept.place(serviceId));
        var made = new Kept(serviceId, SshKeyPair.line(pair, COMMENT), sealed.text());
        return Optional.of(records.keep(made).publicKey());
    }

    /**
     * Both halves; empty if the service has none.
     *
     * @throws io.tenantry.secret.VaultLocked if the key that sealed it is not there
     */
    public Optional<KeyPair> pair(UUID serviceId) {
        return records.of(serviceId).map(kept -> SshKeyPair.read(vault.open(Sealed.parse(kept.pair()), kept.place())));
    }
}
