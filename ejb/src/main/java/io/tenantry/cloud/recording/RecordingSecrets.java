package io.tenantry.cloud.recording;

import io.tenantry.kernel.secret.EncryptedSecret;
import io.tenantry.kernel.secret.Reencryption;
import io.tenantry.kernel.secret.SecretStore;
import io.tenantry.kernel.secret.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;

/** Reseals recordings, read one at a time since they are large. */
@ApplicationScoped
public class RecordingSecrets implements SecretStore {
    @Inject
    RecordingRepository records;

    @Inject
    Vault vault;

    /** For the container. */
    public RecordingSecrets() {}

    /** For use outside a container. */
    public RecordingSecrets(RecordingRepository records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    @Override
    public Count reencrypt() {
        var reencryption = new Reencryption(vault);
        for (var id : records.ids()) {
            records.of(id)
                    .ifPresent(storedRecording -> reencryption.seal(
                            EncryptedSecret.parse(storedRecording.content()),
                            storedRecording.place(),
                            reencrypted -> records.reseal(storedRecording, reencrypted.text())));
        }
        return reencryption.count();
    }

    @Override
    public Map<String, Integer> keys() {
        return records.keys();
    }
}
