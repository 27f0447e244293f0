package io.tenantry.mail;

import io.tenantry.secret.Renewal;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Seals the links of mails that still wait anew; those that are out have none. */
@ApplicationScoped
public class MailSecrets implements SecretKeeper {
    @Inject
    Outbox outbox;

    @Inject
    Vault vault;

    @Override
    public Count sealAnew() {
        var renewal = new Renewal(vault);
        for (var mail : outbox.sealed()) {
            renewal.seal(mail.sealed(), mail.place(), anew -> outbox.reseal(mail, anew));
        }
        return renewal.count();
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
