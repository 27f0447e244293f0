package io.tenantry.servicekey;

import io.tenantry.secret.Renewal;
import io.tenantry.secret.Sealed;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Seals the keys of services anew. */
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
        var renewal = new Renewal(vault);
        for (var kept : records.all()) {
            renewal.seal(Sealed.parse(kept.pair()), kept.place(), anew -> records.reseal(kept, anew.text()));
        }
        return renewal.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
