package io.tenantry.documents.mail;

import io.tenantry.kernel.secret.Reencryption;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Reseals the links of unsent emails; sent ones have none. */
@ApplicationScoped
public class MailSecrets implements SecretStore {
    @Inject
    Outbox outbox;

    @Inject
    Vault vault;

    @Override
    public Count reencrypt() {
        var reencryption = new Reencryption(vault);
        for (var mail : outbox.sealed()) {
            reencryption.seal(mail.encryptedSecret(), mail.place(), reencrypted -> outbox.reseal(mail, reencrypted));
        }
        return reencryption.count();
    }

    @Override
    public boolean isOfPlatform() {
        return true;
    }

    @Override
    public Map<String, Integer> keys() {
        return outbox.keys();
    }
}
