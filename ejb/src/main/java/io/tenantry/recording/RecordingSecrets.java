package io.tenantry.recording;

import io.tenantry.secret.Renewal;
import io.tenantry.secret.Sealed;
import io.tenantry.secret.SecretKeeper;
import io.tenantry.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Seals recordings anew, read one at a time since they are large. */
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
        var renewal = new Renewal(vault);
        for (var id : records.ids()) {
            records.of(id)
                    .ifPresent(kept -> renewal.seal(
                            Sealed.parse(kept.content()), kept.place(), anew -> records.reseal(kept, anew.text())));
        }
        return renewal.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
