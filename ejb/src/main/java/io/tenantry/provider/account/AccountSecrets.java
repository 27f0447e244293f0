package io.tenantry.provider.account;

import io.tenantry.secret.Renewal;
import io.tenantry.secret.Sealed;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Seals the credentials of accounts anew. */
@ApplicationScoped
public class AccountSecrets implements SecretKeeper {
    @Inject
    AccountRecords records;

    @Inject
    Vault vault;

    @Override
    public Count sealAnew() {
        var renewal = new Renewal(vault);
        for (var kept : records.all()) {
            renewal.seal(Sealed.parse(kept.credentials()), kept.place(), anew -> records.reseal(kept, anew.text()));
        }
        return renewal.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
