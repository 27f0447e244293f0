package io.tenantry.mail;

import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import io.tenantry.secret.VaultLocked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Seals the links of mails that still wait anew; those that are out have none. */
@ApplicationScoped
public class MailSecrets implements SecretKeeper {
    @Inject
    Outbox outbox;

    @Inject
    Vault vault;

    @Override
    public Count sealAnew() {
        var anew = 0;
        var shut = 0;
        for (var mail : outbox.sealed()) {
            if (vault.isCurrent(mail.sealed())) {
                continue;
            }
            try {
                var secret = vault.open(mail.sealed(), mail.place());
                anew += outbox.reseal(mail, vault.seal(secret, mail.place())) ? 1 : 0;
            } catch (VaultLocked locked) {
                shut++;
            }
        }
        return new Count(anew, shut);
    }
}
