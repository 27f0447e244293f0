package io.tenantry.servicekey;

import io.tenantry.secret.Sealed;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import io.tenantry.secret.VaultLocked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Seals the keys of services anew. Each is a change of its own, so that one that is shut keeps none of the others back. */
@ApplicationScoped
public class ServiceKeySecrets implements SecretKeeper {
    @Inject
    ServiceKeyRecords records;

    @Inject
    Vault vault;

    /** For the container. */
    public ServiceKeySecrets() {}

    /** For use outside a container. */
    public ServiceKeySecrets(ServiceKeyRecords records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    @Override
    public Count sealAnew() {
        var anew = 0;
        var shut = 0;
        for (var kept : records.all()) {
            var sealed = Sealed.parse(kept.pair());
            if (vault.isCurrent(sealed)) {
                continue;
            }
            try {
                var secret = vault.open(sealed, kept.place());
                anew += records.reseal(kept, vault.seal(secret, kept.place()).text()) ? 1 : 0;
            } catch (VaultLocked locked) {
                shut++;
            }
        }
        return new Count(anew, shut);
    }
}
