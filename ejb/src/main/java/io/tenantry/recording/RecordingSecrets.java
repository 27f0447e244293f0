package io.tenantry.recording;

import io.tenantry.secret.Sealed;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import io.tenantry.secret.VaultLocked;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Seals recordings anew, one at a time since they are large. Each is a change of its own, so that one that is shut keeps none back. */
@ApplicationScoped
public class RecordingSecrets implements SecretKeeper {
    @Inject
    RecordingRecords records;

    @Inject
    Vault vault;

    /** For the container. */
    public RecordingSecrets() {}

    /** For use outside a container. */
    public RecordingSecrets(RecordingRecords records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    @Override
    public Count sealAnew() {
        var anew = 0;
        var shut = 0;
        for (var id : records.ids()) {
            var kept = records.of(id);
            if (kept.isEmpty() || vault.isCurrent(Sealed.parse(kept.get().content()))) {
                continue;
            }
            var one = kept.get();
            try {
                var secret = vault.open(Sealed.parse(one.content()), one.place());
                anew += records.reseal(one, vault.seal(secret, one.place()).text()) ? 1 : 0;
            } catch (VaultLocked locked) {
                shut++;
            }
        }
        return new Count(anew, shut);
    }
}
